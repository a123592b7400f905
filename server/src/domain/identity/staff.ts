import type { Instant } from '../../platform/time.ts'

export interface StaffUser {
  clientId: number
  userId: number
  userName: string
  displayName: string
  email: string | null
  locale: 'en' | 'es'
  status: 'active' | 'locked' | 'disabled'
  roles: string[]
  permissions: string[]
}

export interface NewStaffUser {
  clientId: number
  userName: string
  displayName: string
  email?: string
  password: string
  locale?: 'en' | 'es'
  roles: readonly string[]
  now: Instant
}

export interface Role {
  clientId: number
  roleCode: string
  name: string
  description?: string
  permissions: readonly string[]
}

/** What customer service leaves to billing and to supervisors. */
const NOT_FOR_SERVICE =
  /^(user|role)\.|^(billRun|bankruptcy)\.manage$|^charge\.(create|cancel)$|^adjustment\.(create|approve|cancel)$|^debt\.writeoff$/

/** The role of those who administer every client of the installation. Given by set-up, or by one who has it. */
export const OPERATOR_ROLE = {
  roleCode: 'operator',
  name: 'Operator',
  description: 'Administers every client of this installation',
}

/** Roles that every new client begins with; `holds` chooses among the permissions that the doors register. */
export const STANDARD_ROLES: readonly {
  roleCode: string
  name: string
  description: string
  holds: (permission: string) => boolean
}[] = [
  { roleCode: 'administrator', name: 'Administrator', description: 'May do everything', holds: () => true },
  {
    roleCode: 'supervisor',
    name: 'Supervisor',
    description: 'Runs billing and service; does not manage users',
    holds: (permission) => !/^(user|role)\./.test(permission),
  },
  {
    roleCode: 'operations',
    name: 'Billing operations',
    description: 'Runs billing and works its exceptions',
    holds: (permission) => !/^(user|role)\./.test(permission),
  },
  {
    roleCode: 'service',
    name: 'Customer service',
    description: 'Serves customers; does not run billing, adjust accounts or give up debt',
    holds: (permission) => !NOT_FOR_SERVICE.test(permission),
  },
  {
    roleCode: 'auditor',
    name: 'Auditor',
    description: 'Reads everything, changes nothing',
    holds: (permission) => permission.endsWith('.read'),
  },
]
