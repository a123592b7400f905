export { changePremise, createPremise } from './operations.ts'
export { type Premise, type PremiseKind, premiseSearchAddress } from './premise.ts'
export { getPremise, getPremises } from './queries.ts'
