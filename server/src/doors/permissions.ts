import { doors } from './index.ts'

/** Every permission that an endpoint asks for: what roles are made of. */
export function registeredPermissions(): string[] {
  const named = doors.flatMap((door) => door.endpoints.map((endpoint) => endpoint.permission))
  return [...new Set(named)].filter((permission) => !['public', 'signed_in'].includes(permission)).sort()
}
