export {
  type Bankruptcy,
  type BankruptcyChapter,
  type FrozenDebt,
  prepetitionCents,
} from './bankruptcy/bankruptcy.ts'
export { dischargeBankruptcy, dismissBankruptcy } from './bankruptcy/close.ts'
export { type BankruptcyInput, fileBankruptcy } from './bankruptcy/file.ts'
export type { CreditEvent, CreditKind, CreditRating } from './credit/credit.ts'
export { addCreditEvent, type CreditInput, creditRating } from './credit/operations.ts'
export { type Arrears, arrearsOf, type Buckets, type Stage } from './debt/arrears.ts'
export { collectionPaths, openCollections, saveCollectionPath } from './paths/operations.ts'
export type { CollectionPath, PathStep, StepKind } from './paths/path.ts'
export { clearSmallBalances, collectDebt, reviewCollections } from './processes/monitor.ts'
export { cancelCollection, skipStep, startCollection } from './processes/operations.ts'
export type { CollectionProcess, EndReason, ProcessStep } from './processes/process.ts'
export {
  addProtection,
  declareMoratorium,
  endMoratorium,
  endProtection,
  type MoratoriumInput,
  moratoria,
  type ProtectionInput,
  protectionsOf,
} from './protections/operations.ts'
export type { Forbids, Moratorium, Obstacle, Protection, ProtectionKind } from './protections/protection.ts'
export {
  agencyReferralsOf,
  bankruptciesOf,
  type CollectionDetails,
  collectionDetails,
  collectionProcesses,
  collectionSteps,
  type ProcessWithSteps,
  severancesOf,
  writeOffsOf,
} from './queries.ts'
export { dispatchCut, orderAgain } from './severance/field-orders.ts'
export { noteFieldWork } from './severance/field-work.ts'
export type { Severance } from './severance/severance.ts'
export type { StepFilter } from './store/process.ts'
export { collectionInvariants } from './store/verify.ts'
export { dismissWriteOff } from './write-off/dismiss.ts'
export { writeOffAgreement } from './write-off/operations.ts'
export type { AgencyReferral, WriteOff } from './write-off/write-off.ts'
