export {
  ADJUSTMENT_LIFE_CYCLE,
  type Adjustment,
  type AdjustmentAction,
  type AdjustmentKey,
  type AdjustmentStatus,
  adjustmentActions,
} from './adjustment.ts'
export type { AdjustmentType } from './adjustment-type.ts'
export { type AdjustmentInput, assessFee, createAdjustment, eligibleFees } from './create.ts'
export {
  approveAdjustment,
  cancelAdjustment,
  deleteAdjustment,
  freezeAdjustment,
  generateAdjustment,
  rejectAdjustment,
  submitAdjustment,
} from './operations.ts'
export { adjustmentTexts, findAdjustments } from './queries.ts'
export { getAdjustment } from './record.ts'
export { cancelRefund, postRefund } from './refund.ts'
export { writeSmallBalance } from './small-balance.ts'
export { type Scope, type TransferInput, transferBalance } from './transfer.ts'
export { type Transferable, transferable } from './transferable.ts'
export {
  adjustmentTypes,
  getAdjustmentType,
  openAdjustmentTypes,
  saveAdjustmentType,
} from './type-operations.ts'
