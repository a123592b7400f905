export { type AccountChange, changeBillingAccount, setMasterAgreement } from './account-changes.ts'
export type {
  AccountContact,
  AccountKey,
  AccountRole,
  BillingAccount,
  DeliveryMethod,
  MailingAddress,
} from './billing-account.ts'
export {
  addBillingAddress,
  type BillingAddress,
  billingAddresses,
  changeBillingAddress,
  getBillingAddress,
} from './billing-address.ts'
export { addContact, changeContact, endContact } from './contact-operations.ts'
export { type Customer, type CustomerClass, clientOf, customerIdOf, customerNumber } from './customer.ts'
export type { Alert, LogEntry } from './note.ts'
export {
  addAccountPerson,
  addAlert,
  addLog,
  addSet,
  closeBillingAccount,
  createCustomer,
  createPerson,
  holdBillsOf,
  lockCustomers,
  type NewBillingAccount,
  openBillingAccount,
} from './operations.ts'
export {
  type Contact,
  type ContactKind,
  displayName,
  type Language,
  normalizeContact,
  type Person,
  type PersonName,
  personSearchName,
} from './person.ts'
export {
  accountContacts,
  accountsInCycle,
  customerClasses,
  customersOfPerson,
  getAccountPersons,
  getAlerts,
  getBillingAccount,
  getBillingAccounts,
  getCustomer,
  getLog,
  getLogOf,
  getPersons,
  getSetNumbers,
  knownAccounts,
} from './queries.ts'
export { customerInvariants } from './store/verify.ts'
