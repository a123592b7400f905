import { apart, type Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { type Agreement, actOnAgreement, agreementsOnAccounts } from '../../../agreements/index.ts'
import { completeFinalBill } from '../../../billing/index.ts'
import { requestDisbursement } from '../../../payments/index.ts'
import {
  applyCredits,
  balances,
  carryDeposits,
  transferable,
  transferBalance,
  writeSmallBalance,
} from '../../../receivables/index.ts'
import { requestSubject } from '../request.ts'
import { accountOf, madeBy, type Outcome, type StepDefinition, type StepWork } from '../step.ts'
import { agreementsNamed } from './places.ts'

/** The last bill of each agreement: charged to its end, what was put off asked for, deposits applied. */
export const finalBill: StepDefinition = {
  on: 'stop',
  async act(tx, { request, day, now, actor }) {
    const account = accountOf(request)
    const billIds: number[] = []
    for (const agreementId of madeBy(request, 'request_stop').agreementIds ?? []) {
      const input = { ...account, agreementId, billDate: day, now, actor }
      const { result, error } = await apart(tx, () => completeFinalBill(tx, input))
      if (result) billIds.push(result.billId)
      else if (!(error instanceof Refusal && error.code === 'nothing_to_bill')) throw error
    }
    if (billIds.length === 0) return { status: 'skipped', message: 'There is nothing to bill.' }
    return { status: 'done', made: { billIds } }
  },
}

const LIVE = new Set<Agreement['status']>(['pending_start', 'active', 'pending_stop'])

/** What the company owes is paid out when nothing on the account is served any more; a debt stays until it is paid. */
export const payOutCredit: StepDefinition = {
  on: 'stop',
  async act(tx, { request, day, policy, now, actor }) {
    const account = accountOf(request)
    const { customerId } = account
    await applyCredits(tx, { ...account, effectiveDate: day, now, actor })
    const own = await agreementsOnAccounts(tx, [account])
    if (own.some((one) => one.kind === 'service' && LIVE.has(one.status)))
      return { status: 'skipped', message: 'Other service goes on; what is left stays with the account.' }
    const disbursementNumbers: number[] = []
    for (const { agreementId } of own.filter((one) => one.kind === 'service' || one.kind === 'overpayment')) {
      const { creditCents: amountCents } = await transferable(tx, { customerId, agreementId })
      if (amountCents < policy.refundFromCents) continue
      const check = { customerId, agreementId, amountCents, reason: 'Service has stopped.', requestedOn: day }
      disbursementNumbers.push(await requestDisbursement(tx, { ...check, now, actor }))
    }
    if (disbursementNumbers.length === 0)
      return { status: 'skipped', message: 'There is no credit to pay out.' }
    return { status: 'done', made: { disbursementNumbers } }
  },
}

/** Deposits that secured the old place secure the new one. */
export const carryDepositsStep: StepDefinition = {
  on: 'stop',
  async act(tx, { request, now, actor }) {
    const { customerId } = accountOf(request)
    let carried = 0
    for (const [from, to] of await pairs(tx, request))
      carried += await carryDeposits(tx, { customerId, fromAgreementId: from, toAgreementId: to, now, actor })
    if (carried === 0) return { status: 'skipped', message: 'No deposit is bound to the old place.' }
    return { status: 'done', message: `${carried} deposits secure the new place.` }
  },
}

/** What the old agreements owe or are owed goes to the new ones. */
export const carryBalance: StepDefinition = {
  on: 'stop',
  async act(tx, work) {
    const { request, day, now, actor } = work
    const { clientId } = request
    const { customerId } = accountOf(request)
    const scope = { clientId, customerIds: [customerId] }
    const adjustmentIds: number[] = []
    for (const [fromId, toId] of await pairs(tx, request)) {
      const [from, to] = [fromId, toId].map((agreementId) => ({ customerId, agreementId }))
      if (!from || !to) continue
      const { debtCents, creditCents } = await transferable(tx, from)
      const transfer = { from, to, scope, effectiveDate: day, comment: requestSubject(request), now, actor }
      for (const [what, amountCents] of [
        ['debt', debtCents],
        ['credit', creditCents],
      ] as const)
        if (amountCents > 0)
          for (const half of await transferBalance(tx, { ...transfer, what, amountCents }))
            adjustmentIds.push(half.adjustmentId)
    }
    if (adjustmentIds.length === 0) return { status: 'skipped', message: 'The old place owes nothing.' }
    return { status: 'done', made: { adjustmentIds } }
  },
}

/** Each old agreement with the new one that takes its place: of the same service, else the first. */
async function pairs(tx: Tx, request: StepWork['request']): Promise<[number, number][]> {
  const { agreementIds = [] } = madeBy(request, 'start_agreements')
  const made = await agreementsNamed(tx, { ...request, terms: { agreementIds } })
  const left = await agreementsNamed(tx, request)
  return left.flatMap((old) => {
    const next = made.find((one) => one.serviceKind === old.serviceKind) ?? made[0]
    return next ? [[old.agreementId, next.agreementId] as [number, number]] : []
  })
}

/** Agreements that owe nothing any more are closed, a small rest given up; the others are looked at again later. */
export const closeAgreements: StepDefinition = {
  on: 'close',
  aftercare: true,
  async act(tx, { request, day, now, actor }): Promise<Outcome> {
    const { customerId } = accountOf(request)
    const agreementIds: number[] = []
    let owing = 0
    for (const { agreementId, status } of await agreementsNamed(tx, request)) {
      if (status !== 'stopped' && status !== 'reopened') continue
      const key = { customerId, agreementId }
      await writeSmallBalance(tx, { ...key, effectiveDate: day, now, actor })
      const left = (await balances(tx, [customerId], day)).find((one) => one.agreementId === agreementId)
      if (left && (left.payoffCents !== 0 || left.currentCents !== 0)) owing++
      else agreementIds.push(agreementId)
    }
    if (owing > 0)
      return { status: 'waits', message: `${owing} of the agreements do not balance to zero yet.` }
    for (const agreementId of agreementIds)
      await actOnAgreement(tx, { customerId, agreementId, action: 'close' })
    if (agreementIds.length === 0) return { status: 'skipped', message: 'None of the agreements is stopped.' }
    return { status: 'done', made: { agreementIds } }
  },
}
