export {
  ADJUSTMENT_LIFE_CYCLE,
  type Adjustment,
  type AdjustmentAction,
  type AdjustmentKey,
  type AdjustmentStatus,
  adjustmentActions,
} from './adjustment.ts'
export { cancelRefund, postRefund } from './balances/refund.ts'
export { writeSmallBalance } from './balances/small-balance.ts'
export { type Scope, type TransferInput, transferBalance } from './balances/transfer.ts'
export { type Transferable, transferable } from './balances/transferable.ts'
export type { AdjustmentType } from './catalogue/adjustment-type.ts'
export {
  adjustmentTypes,
  getAdjustmentType,
  openAdjustmentTypes,
  saveAdjustmentType,
} from './catalogue/operations.ts'
export {
  type AdjustmentInput,
  assessFee,
  createAdjustment,
  eligibleFeeNamed,
  eligibleFees,
} from './create.ts'
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
