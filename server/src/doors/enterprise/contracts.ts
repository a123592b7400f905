import type { z } from 'zod'
import { getClient } from '../../domain/identity/index.ts'
import {
  cancelDepositArrears,
  contractOfAgreement,
  contractsOfAccount,
  depositsOf,
  endContract,
  endTerms,
  getContract,
  modifyContract,
} from '../../domain/receivables/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { type OpenAccount, openAccount, writeLog } from './act.ts'
import * as wire from './contracts.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { splitOf } from './split.ts'
import { toActivity, toContracts, toEndTerms, toSchedules } from './to-contract.ts'
import { toDescription, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer, fromPaging, Paging, pagedAnswer, toSlice } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Contract', scope: 'client' } as const

type Side = Context<EnterpriseSide>
type Path = z.output<typeof wire.ContractPath>

/** The account package and its contract; one that is not about it looks as if it did not exist. */
async function openContract(path: Path, context: Side, logText?: string, kinds?: readonly ['deposit']) {
  const account = await openAccount(path, context, logText)
  const key = { ...account.agreement, contractNumber: path.contractId }
  return { ...account, contract: await contractOfAgreement(context.tx, key, kinds) }
}

export const contractEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/contracts`,
    name: 'listContracts',
    source: 'ep-133',
    summary: 'Budgets, deposits, payment contracts and extensions of an account package, newest first',
    permission: 'contract.read',
    params: AccountPath,
    query: wire.ContractsQuery,
    reply: pagedAnswer(wire.Contract),
    async handle({ params, query }, context) {
      const account = await openAccount(params, context)
      const { agreementId } = account.agreement
      const kinds = query.typeCode && [query.typeCode]
      const filter = given({ agreementId, kinds, activeOnly: query.activeIndicator })
      const contracts = await contractsOfAccount(context.tx, account.agreement, filter)
      return toSlice(await toContracts(context.tx, contracts, account), fromPaging(query))
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/contracts/{contractId}/schedules`,
    name: 'getContractSchedules',
    source: 'ep-126',
    summary: 'What a contract asks for, part by part, and what of it is paid',
    permission: 'contract.read',
    params: wire.ContractPath,
    query: Paging,
    reply: pagedAnswer(wire.ContractSchedule),
    async handle({ params, query }, context) {
      const { contract, day } = await openContract(params, context)
      return toSlice(await toSchedules(context.tx, contract, day), fromPaging(query))
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/contracts/{contractId}/activity`,
    name: 'getContractActivity',
    source: 'ep-127',
    summary: 'What was done to a contract, and what it asked for and put off',
    permission: 'contract.read',
    params: wire.ContractPath,
    query: Paging,
    reply: pagedAnswer(wire.ContractActivity),
    async handle({ params, query }, context) {
      const { contract } = await openContract(params, context)
      const { timeZone } = await getClient(context.tx, context.caller.clientId)
      return toSlice(await toActivity(context.tx, contract, timeZone), fromPaging(query))
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/contracts/{contractId}/end/validate`,
    name: 'validateEndContract',
    source: 'ep-129',
    summary: 'What ending a contract today would ask for, cancel and give back',
    permission: 'contract.read',
    params: wire.ContractPath,
    reply: answer(wire.EndTerms),
    async handle({ params }, context) {
      const { contract, day } = await openContract(params, context)
      return { responseData: [toEndTerms(await endTerms(context.tx, contract, day), day)] }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/contracts/{contractId}/end`,
    name: 'endContract',
    source: 'ep-130',
    summary: 'End a contract before its time',
    permission: 'contract.manage',
    params: wire.ContractPath,
    body: wire.EndContractBody,
    reply: answer(wire.Contract),
    async handle({ params, body }, context) {
      const { tx } = context
      const { agreement, contract, day, done } = await openContract(params, context, body.logText)
      const reason = body.reasonDescription ?? body.logText ?? 'requested'
      const dates = given({ day: body.endDate ?? day, accountingDate: day, dueDate: body.dueDate })
      const ended = await endContract(tx, { ...contractKey(contract), ...dates, reason, ...done })
      await writeLog(context, agreement, body.logText)
      return { responseData: await toContracts(tx, [ended], { agreement, day }) }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/contracts/{contractId}`,
    name: 'modifyContract',
    source: 'ep-131',
    summary: 'Change the schedule or the amount of an active contract',
    permission: 'contract.manage',
    params: wire.ContractPath,
    body: wire.ModifyContractBody,
    reply: answer(wire.Contract),
    async handle({ params, body }, context) {
      const { tx } = context
      const { agreement, contract, day, done } = await openContract(params, context, body.logText)
      const terms = { amountCents: body.contractAmount, split: splitOf(body), note: body.note }
      const change = { ...given(terms), agreementId: agreement.agreementId, day }
      const changed = await modifyContract(tx, { ...contractKey(contract), ...change, ...done })
      await writeLog(context, agreement, body.logText)
      return { responseData: await toContracts(tx, [changed], { agreement, day }) }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/depositContracts/{contractId}/arrears/cancel`,
    name: 'cancelDepositArrears',
    source: 'ep-132',
    summary: 'Stop asking for what is not paid of a deposit',
    permission: 'contract.manage',
    params: wire.ContractPath,
    body: wire.CancelArrearsBody,
    reply: answer(wire.CancelledArrears),
    async handle({ params, body }, context) {
      const opened = await openContract(params, context, body.logText, ['deposit'])
      return { responseData: [await cancelArrears(opened, body, context)] }
    },
  }),
]

const contractKey = ({ customerId, contractNumber }: { customerId: number; contractNumber: number }) => ({
  customerId,
  contractNumber,
})

async function cancelArrears(
  { agreement, contract, day, done }: OpenAccount & Awaited<ReturnType<typeof openContract>>,
  { reasonDescription, logText }: z.output<typeof wire.CancelArrearsBody>,
  context: Side,
): Promise<z.input<typeof wire.CancelledArrears>> {
  const { tx } = context
  const key = contractKey(contract)
  const reason = reasonDescription ?? logText ?? 'requested'
  const cancelledCents = await cancelDepositArrears(tx, { ...key, day, reason, ...done })
  const logId = await writeLog(context, agreement, logText)
  const deposits = await depositsOf(tx, [contract.customerId], day)
  const deposit = deposits.find((one) => one.contractNumber === contract.contractNumber)
  const { status } = await getContract(tx, key)
  return {
    contractId: String(contract.contractNumber),
    cancelledAmount: toMoney(cancelledCents),
    heldAmount: toMoney(Math.max(0, deposit?.heldCents ?? 0)),
    statusCode: status,
    statusDescription: toDescription(status),
    logId: toText(logId),
  }
}
