import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { type AgreementSummary, agreementsOnAccounts, startAgreement } from '../../agreements/index.ts'
import type { AccountKey } from '../../customers/index.ts'
import { DEFAULT_PAY_PRIORITY, debtClasses, type OpenItem, unsettledItems } from '../../receivables/index.ts'
import { OpenDebits, type PaidShare } from '../allocation/share.ts'
import type { PaymentWish } from '../payment.ts'

/** What an agreement gets of a payment, with the agreement. */
export type AgreementShare = PaidShare & { agreement: AgreementSummary }

type AccountPayment = PaymentWish & AccountKey & { paymentDate: LocalDate }

/** What billing accounts owe, and on which agreements, as payments go by one after the other. */
export class PaidAccounts {
  private readonly byKey: Map<string, { agreements: AgreementSummary[]; debits: OpenDebits }>

  private constructor(
    keys: readonly AccountKey[],
    agreements: readonly AgreementSummary[],
    items: readonly OpenItem[],
    priorityOf: (debtClass: string) => number,
  ) {
    const itemsOf = Map.groupBy(items, ({ customerId, agreementId }) => `${customerId}-${agreementId}`)
    const onAccount = Map.groupBy(agreements, keyText)
    this.byKey = new Map(
      keys.map((key) => {
        const own = onAccount.get(keyText(key)) ?? []
        const owed = own.flatMap((one) => itemsOf.get(`${one.customerId}-${one.agreementId}`) ?? [])
        return [keyText(key), { agreements: [...own], debits: new OpenDebits(owed, priorityOf) }]
      }),
    )
  }

  static async read(tx: Tx, clientId: number, payments: readonly AccountKey[]): Promise<PaidAccounts> {
    const keys = [...new Map(payments.map((payment) => [keyText(payment), payment])).values()]
    const agreements = await agreementsOnAccounts(tx, keys)
    const items = await unsettledItems(tx, [...new Set(keys.map(({ customerId }) => customerId))])
    const classes = await debtClasses(tx, clientId)
    const priorities = new Map(classes.map(({ code, payPriority }) => [code, payPriority]))
    const priorityOf = (code: string) => priorities.get(code) ?? DEFAULT_PAY_PRIORITY
    return new PaidAccounts(keys, agreements, items, priorityOf)
  }

  /** Shares a payment out; what is too much goes to the overpayment agreement, which is started when there is none. */
  async pay(tx: Tx, payment: AccountPayment, now: Instant): Promise<AgreementShare[]> {
    const account = this.byKey.get(keyText(payment))
    if (!account) throw new Error(`account ${keyText(payment)} was not read`)
    const { shares, leftCents } = account.debits.pay(payment.amountCents, payment)
    const parts = shares.map((share) => ({ ...share, agreement: named(account.agreements, share) }))
    if (leftCents === 0) return merged(parts)
    if (!account.agreements.some(takesOverpayments))
      account.agreements.push(await startOverpayment(tx, payment, now))
    const agreement = account.agreements.find(takesOverpayments)
    if (!agreement) throw new Error('the overpayment agreement was not started')
    const { agreementId } = agreement
    return merged([...parts, { agreementId, amountCents: leftCents, debits: [], agreement }])
  }
}

function named(agreements: readonly AgreementSummary[], { agreementId }: PaidShare): AgreementSummary {
  const agreement = agreements.find((one) => one.agreementId === agreementId)
  if (agreement) return agreement
  throw new Refusal(
    'rule',
    'agreement_not_on_account',
    `Agreement ${agreementId} is not on this billing account.`,
  )
}

async function startOverpayment(tx: Tx, payment: AccountPayment, now: Instant): Promise<AgreementSummary> {
  const { customerId, accountNumber, paymentDate: startDate } = payment
  const agreementId = await startAgreement(tx, {
    customerId,
    accountNumber,
    kind: 'overpayment',
    startDate,
    now,
  })
  const own = await agreementsOnAccounts(tx, [{ customerId, accountNumber }])
  return named(own, { agreementId, amountCents: 0, debits: [] })
}

function takesOverpayments({ kind, status }: AgreementSummary): boolean {
  return kind === 'overpayment' && status !== 'closed' && status !== 'cancelled'
}

/** An agreement gets one part of a payment. */
function merged(shares: readonly AgreementShare[]): AgreementShare[] {
  return [...Map.groupBy(shares, ({ agreementId }) => agreementId).values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const amountCents: Cents = sumCents(own.map((share) => share.amountCents))
    return [{ ...first, amountCents, debits: own.flatMap(({ debits }) => debits) }]
  })
}

function keyText({ customerId, accountNumber }: AccountKey): string {
  return `${customerId}-${accountNumber}`
}
