import { billDocument, explainDifference, formatBillId } from '../../domain/billing/index.ts'
import { getBillingAccount } from '../../domain/customers/index.ts'
import { getBillRecord, listBills, traceLine } from '../../domain/overview/index.ts'
import { file } from '../../platform/http/endpoint.ts'
import { Bill, BillDetail, BillDifference, DifferencePath, LinePath, LineTrace } from './bills.wire.ts'
import { endpoint } from './endpoint.ts'
import { fromBillingPackagePath } from './from-wire.ts'
import { toBill, toBillDetail, toBillDifference, toLineTrace } from './to-bill.ts'
import { answer, BillingPackagePath, BillPath, fromPaging, Paging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/billingPackages/{billingPackageId}/bills'

export const billEndpoints = [
  endpoint({
    route: `GET ${PATH}`,
    name: 'getBills',
    source: 'ep-101',
    tag: 'Bill',
    summary: 'Bills of a billing package, latest first',
    permission: 'bill.read',
    scope: 'client',
    params: BillingPackagePath,
    query: Paging,
    reply: pagedAnswer(Bill),
    async handle({ params, query }, { tx, caller }) {
      const page = fromPaging(query)
      const account = fromBillingPackagePath(caller, params)
      await getBillingAccount(tx, account)
      const { rows, total } = await listBills(tx, { clientId: caller.clientId, ...account, ...page })
      return toPaged(rows.map(toBill), total, page)
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billId}`,
    name: 'getBill',
    source: 'own',
    tag: 'Bill',
    summary: 'A bill with every line and its facts',
    permission: 'bill.read',
    scope: 'client',
    params: BillPath,
    reply: answer(BillDetail),
    async handle({ params }, { tx, caller }) {
      const key = { ...fromBillingPackagePath(caller, params), billId: params.billId }
      return { responseData: [toBillDetail(await getBillRecord(tx, key))] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billId}/view`,
    name: 'viewBill',
    source: 'ep-103',
    tag: 'Bill',
    summary: 'The bill as PDF',
    permission: 'bill.read',
    scope: 'client',
    params: BillPath,
    reply: file('application/pdf'),
    async handle({ params }, { tx, caller, services }) {
      const bill = await getBillRecord(tx, {
        ...fromBillingPackagePath(caller, params),
        billId: params.billId,
      })
      const document = await billDocument(tx, bill)
      return { fileName: `bill-${formatBillId(bill)}.pdf`, content: () => services.renderer.render(document) }
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billId}/difference/{otherBillId}`,
    name: 'explainBillDifference',
    source: 'own',
    tag: 'Bill',
    summary: 'Why the bill asks for another amount than another bill: causes that sum to the difference',
    permission: 'bill.read',
    scope: 'client',
    params: DifferencePath,
    reply: answer(BillDifference),
    async handle({ params }, { tx, caller }) {
      const account = fromBillingPackagePath(caller, params)
      const after = await getBillRecord(tx, { ...account, billId: params.billId })
      const before = await getBillRecord(tx, { ...account, billId: params.otherBillId })
      return { responseData: [toBillDifference(await explainDifference(tx, after, before))] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/{billId}/lines/{lineId}/trace`,
    name: 'traceBillLine',
    source: 'own',
    tag: 'Bill',
    summary: 'Where a line comes from: formula, plan version, proration, intervals',
    permission: 'bill.read',
    scope: 'client',
    params: LinePath,
    reply: answer(LineTrace),
    async handle({ params }, { tx, caller }) {
      const [chargeId = 0, lineNumber = 0] = params.lineId.split('-').map(Number)
      const bill = { ...fromBillingPackagePath(caller, params), billId: params.billId }
      const trace = await traceLine(tx, { clientId: caller.clientId, ...bill, chargeId, lineNumber })
      return { responseData: [toLineTrace(trace)] }
    },
  }),
]
