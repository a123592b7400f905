import { enterpriseDoor } from './enterprise/index.ts'

/** Every way into the system. */
export const doors = [enterpriseDoor] as const

/** Every permission that an endpoint asks for: what roles are made of. */
export function registeredPermissions(): string[] {
  const named = doors.flatMap((door) => door.endpoints.map((endpoint) => endpoint.permission))
  return [...new Set(named)].filter((permission) => !['public', 'signed_in'].includes(permission)).sort()
}
