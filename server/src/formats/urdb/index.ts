export type {
  ChargeUnit,
  DecimalText,
  DemandUnit,
  EnergyUnit,
  HourSchedule,
  UrdbCharge,
  UrdbCoincident,
  UrdbComments,
  UrdbEligibility,
  UrdbFlatDemand,
  UrdbLookback,
  UrdbRate,
  UrdbTier,
  UrdbTimeOfUse,
} from './rate.ts'
export { readUrdb } from './read.ts'
