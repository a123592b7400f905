/** A role as administrators see it. */
export interface RoleRecord {
  clientId: number
  roleId: number
  roleCode: string
  name: string
  description: string
  /** Active or not. */
  permissions: string[]
  users: number
}

/** What a role is made of. */
export interface RoleWords {
  name: string
  description?: string
  permissions: readonly string[]
}
