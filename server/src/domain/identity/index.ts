export type { Actor, StaffCaller } from './actor.ts'
export type { AuditEntry } from './audit.ts'
export { audit, auditOnce, sealAudit, verifyAudit } from './audit-operations.ts'
export type { Client, Company, CompanyAddress, NewClient, NewCompany } from './client.ts'
export { authenticateToken, forgetSessions, type LoginInput, login, logout, renewSession } from './login.ts'
export {
  createClient,
  createCompany,
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
export { type NewStaffUser, type Role, STANDARD_ROLES, type StaffUser } from './staff.ts'
export type { AuditedAct } from './store/audit.ts'
export { addHoliday, type WorkCalendar, workCalendar, workCalendarOf } from './work-calendar.ts'
