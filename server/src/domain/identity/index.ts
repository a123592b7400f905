export type { Actor, StaffCaller } from './actor.ts'
export type { Administrator } from './administration/limits.ts'
export {
  choosePassword,
  inviteUser,
  requestPasswordReset,
  type TokenKeys,
} from './administration/password-reset.ts'
export { type Permission, type PermissionUse, permissionName } from './administration/permission.ts'
export {
  createPermission,
  editPermission,
  getPermission,
  listPermissions,
  permissionUse,
} from './administration/permissions.ts'
export { type ResetMail, resetMailed, resetNotMailed, takeResetMails } from './administration/reset-mail.ts'
export type { RoleRecord } from './administration/role.ts'
export {
  addRole,
  assignPermissions,
  deleteRole,
  getRole,
  listRoles,
  updateRole,
} from './administration/roles.ts'
export type { UserPermission, UserRecord } from './administration/user.ts'
export {
  assignRoles,
  endSessions,
  getUserRecord,
  type NewUser,
  openSessionsOf,
  overridePermissions,
  passwordResetsOf,
  permissionsOfUser,
  removeFromRole,
  searchUsers,
  type UserChange,
  updateUser,
} from './administration/users.ts'
export type { AuditEntry } from './audit.ts'
export { audit, auditOnce, sealAudit, verifyAudit } from './audit-operations.ts'
export type { Client, Company, CompanyAddress, NewClient, NewCompany } from './client.ts'
export { authenticateToken, forgetSessions, type LoginInput, login, logout, renewSession } from './login.ts'
export {
  createClient,
  createCompany,
  createOperatorRole,
  createStaffUser,
  createStandardRoles,
  saveRole,
  saveSettings,
} from './operations.ts'
export { PASSWORD_MIN_LENGTH } from './password.ts'
export {
  auditTrail,
  findClient,
  getClient,
  getStaffUser,
  isDemo,
  listClients,
  listCompanies,
} from './queries.ts'
export { type NewSession, SESSION_HOURS } from './session.ts'
export { type NewStaffUser, OPERATOR_ROLE, type Role, STANDARD_ROLES, type StaffUser } from './staff.ts'
export type { AuditedAct } from './store/audit.ts'
export type { PasswordResetRecord } from './store/password-reset.ts'
export { addHoliday, type WorkCalendar, workCalendar, workCalendarOf } from './work-calendar.ts'
