import { z } from 'zod'
import { input, output } from '../../platform/http/wire-values.ts'
import { paging } from './wire.ts'

const KINDS = [
  'reminder',
  'notice',
  'call',
  'arrangement_offer',
  'disconnect_notice',
  'cut',
  'final_bill',
  'agency_referral',
  'write_off',
  'credit_rating',
  'fee',
] as const

export const CollectionStep = z
  .object({
    record: output.integer(),
    customerId: output.integer(),
    customerName: output.text(),
    billingPackageId: output.integer(),
    collectionAssignmentId: output.integer().describe('the process against the debt'),
    pathCode: output.text(),
    pathDescription: output.text(),
    stepId: output.integer(),
    typeCode: output.text(),
    typeDescription: output.text(),
    templateCode: output.text().describe('what the customer is told with'),
    feeAmount: output.decimal(),
    statusCode: output.text(),
    statusDescription: output.text(),
    dueDate: output.date().describe('empty: the step before is not done'),
    doneDate: output.date(),
    waitingForCode: output.text().describe('what keeps a due step from being done'),
    waitingForDescription: output.text(),
    askedAmount: output.decimal().describe('past due when it was done'),
    debtClassCode: output.text(),
    stageCode: output.text(),
    processStatusCode: output.text(),
    arrearsDate: output.date().describe('since when the oldest debt was due'),
    arrearsAmount: output.decimal().describe('past due when it began'),
    processStartDate: output.date(),
    processEndDate: output.date(),
    endReasonCode: output.text(),
  })
  .meta({ id: 'CollectionStep' })

export const CollectionStepSearch = z.strictObject({
  customerId: input.id(8).optional(),
  billingPackageId: input.id(3).optional(),
  collectionAssignmentId: input.id(7).optional(),
  typeCode: input.oneOf(KINDS).optional(),
  statusCode: input.oneOf(['pending', 'complete', 'cancelled']).optional(),
  pathCode: input.text(30).optional(),
  debtClassCode: input.text(30).optional(),
  dueDateFrom: input.date().optional(),
  dueDateTo: input.date().optional().describe('inclusive'),
  doneDateFrom: input.date().optional(),
  doneDateTo: input.date().optional().describe('inclusive'),
  waitingFlag: input.flag().optional().describe('Y: due, but something keeps it from being done'),
  ...paging,
})
