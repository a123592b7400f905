import type { z } from 'zod'
import { customerIdOf } from '../../domain/customers/index.ts'
import { getAccountRecord } from '../../domain/overview/index.ts'
import {
  arrangementTerms,
  assessDeposit,
  budgetOfAgreement,
  type Contract as ContractRecord,
  planArrangement,
  recordNonCashDeposit,
  startArrangement,
  startBudget,
} from '../../domain/receivables/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, writeLog } from './act.ts'
import { Contract } from './contracts.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import * as wire from './new-contracts.wire.ts'
import { splitOf } from './split.ts'
import { toContracts } from './to-contract.ts'
import { toBudget, toPaymentContractTerms } from './to-terms.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Contract', scope: 'client', params: AccountPath } as const

type Side = Context<EnterpriseSide>

export const newContractEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/paymentContracts/validate`,
    name: 'validatePaymentContract',
    source: 'ep-122',
    summary: 'What an account may pay in instalments and how, or why not',
    permission: 'contract.read',
    query: wire.PlanQuery,
    reply: answer(wire.PaymentContractTerms),
    async handle({ params, query }, context) {
      return { responseData: [await paymentTerms(await openAccount(params, context), query, context)] }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/paymentContracts`,
    name: 'createPaymentContract',
    source: 'ep-123',
    summary: 'Let an account pay what it owes in instalments on its bills',
    permission: 'contract.manage',
    body: wire.PaymentContractBody,
    reply: answer(Contract),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logText)
      const split = splitOf(body)
      if (!split) throw splitMissing()
      const terms = { ...paymentWish(account, body), split, ...wordsOf(body), ...account.done }
      const contract = await startArrangement(context.tx, terms)
      return made(contract, account, body, context)
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/depositContracts`,
    name: 'createDepositContract',
    source: 'ep-124',
    summary: 'Ask an account for a deposit, or note what secures it without cash',
    permission: 'contract.manage',
    body: wire.DepositContractBody,
    reply: answer(Contract),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logText)
      return made(await createDeposit(account, body, context), account, body, context)
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/budgetContracts`,
    name: 'getBudgetContract',
    source: 'ep-125',
    summary: 'The budget of an account package, how it goes, and what a new one would be',
    permission: 'contract.read',
    reply: answer(wire.Budget),
    async handle({ params }, context) {
      const { agreement, day } = await openAccount(params, context)
      const budget = await budgetOfAgreement(context.tx, { ...agreement, day })
      return { responseData: [toBudget(agreement, budget)] }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/budgetContracts`,
    name: 'addBudgetContract',
    source: 'ep-128',
    summary: 'Let each bill ask for the same amount whatever it charges',
    permission: 'contract.manage',
    body: wire.BudgetContractBody,
    reply: answer(Contract),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logText)
      const contract = await startBudget(context.tx, budgetWish(account, body))
      return made(contract, account, body, context)
    },
  }),
]

async function made(
  contract: ContractRecord,
  account: OpenAccount,
  { logText }: { logText?: string | undefined },
  context: Side,
) {
  await writeLog(context, account.agreement, logText)
  return { responseData: await toContracts(context.tx, [contract], account) }
}

function wordsOf(body: { requestedByName?: string | undefined; note?: string | undefined }) {
  return given({ requestedBy: body.requestedByName, note: body.note })
}

/** What is to be arranged: the debt of this account only. */
function paymentWish({ agreement, day }: OpenAccount, body: Omit<z.output<typeof wire.PlanQuery>, 'split'>) {
  const { customerId, accountNumber, agreementId: coversAgreementId } = agreement
  const money = {
    amountCents: body.contractAmount,
    downPaymentCents: body.downPaymentAmount,
    downPaymentDue: body.downPaymentDate,
  }
  return { customerId, accountNumber, coversAgreementId, day, ...given(money) }
}

async function paymentTerms(
  account: OpenAccount,
  query: z.output<typeof wire.PlanQuery>,
  { tx, now }: Side,
): Promise<z.input<typeof wire.PaymentContractTerms>> {
  const wish = paymentWish(account, query)
  const terms = await arrangementTerms(tx, wish)
  const split = splitOf(query)
  const planned = split && !terms.refusal ? await planArrangement(tx, { ...wish, split }) : undefined
  const record = await getAccountRecord(tx, account.agreement, now)
  return toPaymentContractTerms(record, terms, planned?.instalments ?? [])
}

function splitMissing(): Refusal {
  return new Refusal('malformed', 'request_malformed', 'Say how the debt is split.', [
    { pointer: '/schedulesNumber', in: 'body', message: 'or scheduleAmount or schedules is missing' },
  ])
}

function createDeposit(
  { agreement, day, done }: OpenAccount,
  body: z.output<typeof wire.DepositContractBody>,
  { tx, caller }: Side,
): Promise<ContractRecord> {
  const { customerId, accountNumber, agreementId: coversAgreementId } = agreement
  const { typeCode: form = 'cash', reasonCode: reason } = body
  const wish = { customerId, accountNumber, coversAgreementId, reason, day, ...wordsOf(body), ...done }
  if (form === 'cash') {
    const { contractAmount, schedulesNumber, dueDate } = body
    const terms = given({ amountCents: contractAmount, instalments: schedulesNumber, dueDate })
    return assessDeposit(tx, { ...wish, ...terms })
  }
  const guarantorCustomerId =
    body.guarantorCustomerId === undefined
      ? undefined
      : customerIdOf(caller.clientId, body.guarantorCustomerId)
  const terms = given({ guarantorCustomerId, validUntil: body.validUntilDate })
  const { contractAmount: amountCents = 0, evidenceDescription: evidence = '' } = body
  return recordNonCashDeposit(tx, { ...wish, form, amountCents, evidence, ...terms })
}

function budgetWish(
  { agreement, day, done }: OpenAccount,
  body: z.output<typeof wire.BudgetContractBody>,
): Parameters<typeof startBudget>[1] {
  const { customerId, accountNumber, agreementId } = agreement
  const { contractAmount: amountCents, trueUpCode, billingPackageIndicator } = body
  if (billingPackageIndicator && amountCents !== undefined)
    throw new Refusal('malformed', 'request_malformed', 'One amount cannot be that of several accounts.', [
      { pointer: '/contractAmount', in: 'body', message: 'is for one account only' },
    ])
  const terms = given({
    agreementIds: billingPackageIndicator ? undefined : [agreementId],
    amounts: amountCents === undefined ? undefined : [{ agreementId, amountCents }],
    trueUp: trueUpCode,
  })
  return { customerId, accountNumber, day, ...terms, ...wordsOf(body), ...done }
}
