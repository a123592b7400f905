import type { z } from 'zod'
import { customerIdOf, customerNumber } from '../../domain/customers/index.ts'
import {
  type CollectionStepListed,
  type CollectionStepQuery,
  getBillRecord,
  listCollectionSteps,
} from '../../domain/overview/index.ts'
import { CollectionStep, CollectionStepSearch } from './collection-steps.wire.ts'
import { endpoint } from './endpoint.ts'
import { fromBillingPackagePath, given } from './from-wire.ts'
import { toDescription, toMoney, toText } from './to-wire.ts'
import { BillPath, fromPaging, Paging, pagedAnswer, toPaged } from './wire.ts'

export const collectionStepEndpoints = [
  endpoint({
    route: 'GET /customers/{customerId}/billingPackages/{billingPackageId}/bills/{billId}/collectionSteps',
    name: 'getBillCollectionSteps',
    source: 'ep-102',
    tag: 'Bill',
    summary: 'What was and will be done to collect what a bill asked for',
    permission: 'collection.read',
    scope: 'client',
    params: BillPath,
    query: Paging,
    reply: pagedAnswer(CollectionStep),
    async handle({ params, query }, { tx, caller }) {
      const key = { ...fromBillingPackagePath(caller, params), billId: params.billId }
      await getBillRecord(tx, key)
      const page = fromPaging(query)
      const { rows, total } = await listCollectionSteps(tx, { clientId: caller.clientId, ...key, ...page })
      return toPaged(rows.map(toCollectionStep), total, page)
    },
  }),
  endpoint({
    route: 'POST /search/collectionSteps',
    name: 'searchCollectionSteps',
    source: 'ep-192',
    tag: 'Search',
    summary: 'Collection steps by customer, kind, status, path or day: the work list of collectors',
    permission: 'collection.read',
    scope: 'client',
    effect: 'read',
    body: CollectionStepSearch,
    reply: pagedAnswer(CollectionStep),
    async handle({ body }, { tx, caller }) {
      const query = fromStepSearch(caller.clientId, body)
      const { rows, total } = await listCollectionSteps(tx, query)
      return toPaged(rows.map(toCollectionStep), total, query)
    },
  }),
]

function fromStepSearch(clientId: number, body: z.output<typeof CollectionStepSearch>): CollectionStepQuery {
  const { customerId } = body
  return {
    clientId,
    ...fromPaging(body),
    ...given({
      customerId: customerId === undefined ? undefined : customerIdOf(clientId, customerId),
      accountNumber: body.billingPackageId,
      processId: body.collectionAssignmentId,
      kind: body.typeCode,
      status: body.statusCode,
      pathCode: body.pathCode,
      debtClass: body.debtClassCode,
      dueFrom: body.dueDateFrom,
      dueTo: body.dueDateTo,
      doneFrom: body.doneDateFrom,
      doneTo: body.doneDateTo,
      waiting: body.waitingFlag,
    }),
  }
}

function toCollectionStep(step: CollectionStepListed, index: number): z.input<typeof CollectionStep> {
  return {
    record: String(index + 1),
    customerId: String(customerNumber(step.customerId)),
    customerName: toText(step.customerName),
    billingPackageId: String(step.accountNumber),
    collectionAssignmentId: String(step.processId),
    pathCode: step.pathCode,
    pathDescription: step.pathName ?? toDescription(step.pathCode),
    stepId: String(step.stepNumber),
    typeCode: step.kind,
    typeDescription: toDescription(step.kind),
    templateCode: toText(step.template),
    feeAmount: step.kind === 'fee' ? toMoney(step.amountCents) : '',
    statusCode: step.status,
    statusDescription: toDescription(step.status),
    dueDate: toText(step.dueDate),
    doneDate: toText(step.doneOn),
    waitingForCode: toText(step.waitingFor),
    waitingForDescription: toDescription(step.waitingFor?.replace(/:.*/, '')),
    askedAmount: toMoney(step.askedCents),
    debtClassCode: step.debtClass,
    stageCode: step.stage,
    processStatusCode: step.processStatus,
    arrearsDate: step.arrearsDate,
    arrearsAmount: toMoney(step.arrearsCents),
    processStartDate: step.startedOn,
    processEndDate: toText(step.endedOn),
    endReasonCode: toText(step.endReason),
  }
}
