import type { z } from 'zod'
import { formatAccountId } from '../../domain/agreements/index.ts'
import {
  type Bankruptcy,
  bankruptciesOf,
  dischargeBankruptcy,
  dismissBankruptcy,
  dismissWriteOff,
  fileBankruptcy,
  type WriteOff,
  writeOffAgreement,
  writeOffsOf,
} from '../../domain/collections/index.ts'
import { customerNumber } from '../../domain/customers/index.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { sumCents } from '../../platform/money.ts'
import { type OpenAccount, openAccount, requireCome } from './act.ts'
import * as wire from './debts.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { toAccountKey, toDescription, toInstant, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

type Side = Context<EnterpriseSide>

export const debtEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/writeoffs`,
    name: 'listWriteOffs',
    source: 'own',
    summary: 'What was written off of the debt of an account, dismissed write-offs too',
    permission: 'debt.read',
    reply: answer(wire.WriteOff),
    async handle({ params }, context) {
      return { responseData: await writeOffsOn(await openAccount(params, context), context) }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/writeoff`,
    name: 'writeOffAccount',
    source: 'ep-018',
    summary: 'Write off what an account owes that has no service any more',
    permission: 'debt.writeoff',
    body: wire.WriteOffBody,
    reply: answer(wire.WriteOff),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logNote)
      const { writeOffDate, logNote } = body
      requireCome('writeOffDate', writeOffDate, account.day)
      const wish = { ...keyOf(account), writeOffDate, ...given({ logText: logNote }), ...account.done }
      const writeOffId = await writeOffAgreement(context.tx, wish)
      return { responseData: await writeOffsOn(account, context, [writeOffId]) }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/dismissWriteOff`,
    name: 'dismissWriteOff',
    source: 'ep-027',
    summary: 'Bring back what was written off of an account',
    permission: 'debt.writeoff',
    body: wire.DismissWriteOffBody,
    reply: answer(wire.WriteOff),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logText)
      const { dismissalDate, logText, reasonDescription: reason } = body
      requireCome('dismissalDate', dismissalDate, account.day)
      const wish = { ...keyOf(account), dismissalDate, ...given({ logText, reason }), ...account.done }
      const dismissed = await dismissWriteOff(context.tx, wish)
      return { responseData: await writeOffsOn(account, context, dismissed) }
    },
  }),
  endpoint({
    ...shared,
    route: `GET ${PATH}/bankruptcies`,
    name: 'listBankruptcies',
    source: 'own',
    summary: 'Bankruptcies of the billing package of an account, closed ones too',
    permission: 'bankruptcy.read',
    reply: answer(wire.Bankruptcy),
    async handle({ params }, context) {
      return { responseData: await bankruptciesOn(await openAccount(params, context), context) }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/bankruptcies`,
    name: 'fileBankruptcy',
    source: 'own',
    summary: 'File a bankruptcy, so that what was owed before it is no longer asked for',
    permission: 'bankruptcy.manage',
    body: wire.BankruptcyBody,
    reply: answer(wire.Bankruptcy),
    async handle({ params, body }, context) {
      const account = await openAccount(params, context, body.logText)
      const { caseNumber, chapterCode: chapter, evidenceDescription: evidence, filedDate: filedOn } = body
      requireCome('filedDate', filedOn, account.day)
      const file = { caseNumber, chapter, evidence, filedOn, ...given({ logText: body.logText }) }
      const bankruptcyNumber = await fileBankruptcy(context.tx, {
        ...packageOf(account),
        ...file,
        ...account.done,
      })
      return { responseData: await bankruptciesOn(account, context, bankruptcyNumber) }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/dismissBankruptcy`,
    name: 'dismissBankruptcy',
    source: 'ep-020',
    summary: 'Dismiss a bankruptcy, so that its debt is asked for again',
    permission: 'bankruptcy.manage',
    body: wire.DismissBankruptcyBody,
    reply: answer(wire.Bankruptcy),
    async handle({ params, body: { dismissalDate, logText } }, context) {
      const account = await openAccount(params, context, logText)
      requireCome('dismissalDate', dismissalDate, account.day)
      const wish = { ...packageOf(account), dismissalDate, ...given({ logText }), ...account.done }
      return {
        responseData: await bankruptciesOn(account, context, await dismissBankruptcy(context.tx, wish)),
      }
    },
  }),
  endpoint({
    ...shared,
    route: `PUT ${PATH}/dischargeBankruptcy`,
    name: 'dischargeBankruptcy',
    source: 'own',
    summary: 'Discharge a bankruptcy, so that its debt is no longer owed',
    permission: 'bankruptcy.manage',
    body: wire.DischargeBankruptcyBody,
    reply: answer(wire.Bankruptcy),
    async handle({ params, body: { dischargeDate, logText } }, context) {
      const account = await openAccount(params, context, logText)
      requireCome('dischargeDate', dischargeDate, account.day)
      const wish = { ...packageOf(account), dischargeDate, ...given({ logText }), ...account.done }
      return {
        responseData: await bankruptciesOn(account, context, await dischargeBankruptcy(context.tx, wish)),
      }
    },
  }),
]

const keyOf = ({ agreement: { customerId, agreementId } }: OpenAccount) => ({ customerId, agreementId })
const packageOf = ({ agreement: { customerId, accountNumber } }: OpenAccount) => ({
  customerId,
  accountNumber,
})

async function writeOffsOn({ agreement }: OpenAccount, { tx }: Side, only?: readonly number[]) {
  const all = await writeOffsOf(tx, agreement.customerId)
  return all
    .filter((one) => one.agreementId === agreement.agreementId && (only?.includes(one.writeOffId) ?? true))
    .map(toWriteOff)
}

function toWriteOff(one: WriteOff, index: number): z.input<typeof wire.WriteOff> {
  const { customerId, keptAgreementId: agreementId } = one
  return {
    record: String(index + 1),
    writeOffId: String(one.writeOffId),
    ...toAccountKey(one),
    billingPackageId: String(one.accountNumber),
    typeCode: one.kind,
    writeOffAmount: toMoney(one.amountCents),
    writeOffDate: one.writtenOffOn,
    statusCode: one.status,
    statusDescription: toDescription(one.status),
    dismissalDate: toText(one.dismissedOn),
    reasonDescription: toText(one.dismissReason),
    writeOffAccountNumber: agreementId === null ? '' : formatAccountId({ customerId, agreementId }),
    createdTimeStamp: toInstant(one.createdAt),
    createdByUserId: one.createdBy,
  }
}

async function bankruptciesOn({ agreement }: OpenAccount, { tx }: Side, only?: number) {
  const all = await bankruptciesOf(tx, agreement.customerId)
  return all
    .filter(
      (one) =>
        one.accountNumber === agreement.accountNumber &&
        one.bankruptcyNumber === (only ?? one.bankruptcyNumber),
    )
    .map(toBankruptcy)
}

function toBankruptcy(one: Bankruptcy, index: number): z.input<typeof wire.Bankruptcy> {
  const { customerId } = one
  return {
    record: String(index + 1),
    bankruptcyId: String(one.bankruptcyNumber),
    customerId: String(customerNumber(customerId)),
    billingPackageId: String(one.accountNumber),
    caseNumber: one.caseNumber,
    chapterCode: one.chapter,
    evidenceDescription: one.evidence,
    filedDate: one.filedOn,
    statusCode: one.status,
    statusDescription: toDescription(one.status),
    closedDate: toText(one.closedOn),
    frozenAmount: toMoney(sumCents(one.debts.map((debt) => debt.amountCents))),
    debts: one.debts.map((debt) => ({
      accountNumber: formatAccountId({ customerId, agreementId: debt.agreementId }),
      frozenAccountNumber: formatAccountId({ customerId, agreementId: debt.frozenAgreementId }),
      frozenAmount: toMoney(debt.amountCents),
    })),
    createdTimeStamp: toInstant(one.createdAt),
    createdByUserId: one.createdBy,
  }
}
