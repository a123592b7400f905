/** What a role may hold: named by the endpoints that ask for it. */
export interface Permission {
  permissionId: number
  permission: string
  name: string
  description: string
  /** Off: nobody has it, whatever roles say. */
  active: boolean
}

/** A permission with the roles that name it and the active users who have it now. */
export interface PermissionUse extends Permission {
  roles: number
  users: number
  clients: number
}

/** Permissions of the installation's operator, who administers every client: no role that a client begins with holds one. */
export const isOperatorPermission = (permission: string): boolean => permission.startsWith('operator.')

/** `billRun.manage` -> `Bill run: manage` */
export function permissionName(permission: string): string {
  const [noun = '', verb = ''] = permission.split('.')
  const words = noun.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${verb}`
}
