export { formatAccountId, parseAccountId, readAccountId } from './account-id.ts'
export {
  type Agreement,
  type AgreementFact,
  type AgreementFlag,
  type AgreementKey,
  type AgreementKind,
  type AgreementPoint,
  type AgreementStatus,
  type AgreementSummary,
  agreementIdOf,
  type BillableAgreement,
  type BillMethod,
  type Exemption,
  type PlanAssignment,
} from './agreement.ts'
export type {
  Landlord,
  LandlordKey,
  LandlordService,
  Reversion,
} from './landlord.ts'
export { AGREEMENT_LIFE_CYCLE, type AgreementAction, agreementAfter } from './life-cycle.ts'
export { BILL_METHODS, MAY_END, type MarketDetail } from './market-detail.ts'
export {
  actOnAgreement,
  lockAgreement,
  moveToBillingAccount,
  type NewAgreement,
  resumeAgreement,
  startAgreement,
  stopAgreement,
} from './operations/agreement.ts'
export { changeCoolingOff } from './operations/cooling-off.ts'
export { type ExemptionWish, endExemptions, exemptAgreement } from './operations/exemption.ts'
export {
  addLandlordPremise,
  createLandlordAgreement,
  endLandlordPremise,
  getLandlordAgreement,
  landlordAgreements,
  landlordServiceAt,
} from './operations/landlord.ts'
export { changeMarketDetail, getMarketDetail, marketDetails } from './operations/market-detail.ts'
export { nameMasterAgreement } from './operations/master.ts'
export { moveStart } from './operations/start-date.ts'
export { addExemption, addFact, assignPlan, clearFlag, endFact, setFlag } from './operations/term.ts'
export {
  agreementsOfAccounts,
  agreementsOfCustomers,
  agreementsOfServicePoint,
  agreementsOnAccounts,
  getAgreement,
} from './queries.ts'
