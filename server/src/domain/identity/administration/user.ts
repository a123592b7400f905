import type { Instant } from '../../../platform/time.ts'

/** A member of staff as administrators see one. */
export interface UserRecord {
  clientId: number
  userId: number
  userName: string
  displayName: string
  email: string | null
  locale: 'en' | 'es'
  status: 'active' | 'locked' | 'disabled'
  failedAttempts: number
  lockedUntil: Instant | null
  lastLoginAt: Instant | null
  createdAt: Instant
  roles: { roleId: number; roleCode: string; name: string }[]
  overrides: Override[]
  /** What the user may do now. */
  permissions: string[]
}

/** A permission that one user has beside the roles, or lacks in spite of them. */
export interface Override {
  permission: string
  granted: boolean
}

export interface UserQuery {
  clientId: number
  userName?: string
  displayName?: string
  email?: string
  status?: UserRecord['status']
  roleId?: number
  permission?: string
  /** Locks that end by it are over. */
  now: Instant
  page: number
  pageSize: number
}

/** One permission of one user, and why it is held or not. */
export interface UserPermission {
  permissionId: number
  permission: string
  name: string
  description: string
  active: boolean
  /** Codes of the user's roles that hold it. */
  roles: string[]
  granted: boolean | null
  held: boolean
}
