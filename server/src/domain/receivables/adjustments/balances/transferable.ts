import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { type Cents, sumCents } from '../../../../platform/money.ts'
import type { LocalDate } from '../../../../platform/time.ts'
import type { AgreementKey } from '../../../agreements/index.ts'
import type { OpenItem } from '../../open-item.ts'
import { unsettledItems } from '../../queries.ts'

/** What is asked for on an agreement and nothing has settled yet: what may be moved, paid or paid out. */
export interface Transferable {
  debtCents: Cents
  /** Above zero: the company owes the customer. */
  creditCents: Cents
  /** Of the youngest unsettled debit; null: no debt is due by itself. */
  lastDueDate: LocalDate | null
}

/** This will tell how much debt and how much credit an agreement has that is asked for and unsettled. */
export async function transferable(tx: Tx, key: AgreementKey): Promise<Transferable> {
  const items = await unsettledItems(tx, [key.customerId])
  const own = items.filter((item) => item.agreementId === key.agreementId)
  const debits = own.filter((item) => item.unsettledCents > 0)
  const credits = own.filter((item) => item.unsettledCents < 0)
  return { debtCents: restOf(debits), creditCents: 0 - restOf(credits), lastDueDate: lastDue(debits) }
}

/**
 * This will refuse to take a signed amount off an agreement (below zero: debt, above: credit) that is more than it has.
 */
export async function requireTransferable(tx: Tx, key: AgreementKey, amountCents: Cents): Promise<void> {
  const { debtCents, creditCents } = await transferable(tx, key)
  const [eligible, word] = amountCents < 0 ? [debtCents, 'debt'] : [creditCents, 'credit']
  if (Math.abs(amountCents) <= eligible) return
  throw new Refusal(
    'rule',
    'transfer_above_eligible',
    `The account has ${eligible} cents of ${word} to move, not ${Math.abs(amountCents)}; move less.`,
  )
}

function restOf(items: readonly OpenItem[]): Cents {
  return sumCents(items.map((item) => item.unsettledCents))
}

function lastDue(debits: readonly OpenItem[]): LocalDate | null {
  const days = debits.flatMap(({ dueDate }) => dueDate ?? [])
  return days.sort().at(-1) ?? null
}
