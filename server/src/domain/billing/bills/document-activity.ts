import type { BillDocument } from '../../../formats/pdf/index.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Cents } from '../../../platform/money.ts'
import type { LocalDate } from '../../../platform/time.ts'
import { type AgreementKind, agreementsOfCustomers } from '../../agreements/index.ts'
import { adjustmentTexts, askTexts, itemsOfBill, type OpenItem } from '../../receivables/index.ts'
import { chargeReference } from '../charges/charge.ts'
import { getBill, type WholeBill } from '../queries.ts'
import type { BillKey } from './bill.ts'
import { deferralTitle, itemTitle, type Language, say } from './document-words.ts'

/** What an item is called on a bill, by entry and agreement; absent: by its kind. */
export type ItemTexts = ReadonlyMap<string, { en: string; es: string } | null>

const CANCEL = '_cancel'

/** This will read what adjustments and asks among a bill's items are called; null for those that are not to be shown. */
export async function itemTexts(tx: Tx, items: readonly OpenItem[]): Promise<ItemTexts> {
  const adjusted = items.filter(({ kind }) => !kind.startsWith('charge') && !kind.startsWith('payment'))
  const adjustments = await adjustmentTexts(tx, adjusted)
  const asks = (await askTexts(tx, adjusted)).map((ask) => ({ ...ask, onBill: true }))
  return new Map(
    [...adjustments, ...asks].map(({ text, onBill, cancelled, ...key }) => [
      textKey(key),
      onBill ? worded(text, cancelled) : null,
    ]),
  )
}

function worded({ en, es }: { en: string; es: string }, cancelled: boolean) {
  return cancelled ? { en: `${en}, taken back`, es: `${es}, anulado` } : { en, es }
}

const textKey = ({ entryId, agreementId }: { entryId: number; agreementId: number }) =>
  `${entryId}-${agreementId}`

/**
 * This will list everything that a bill shows beside its own charges. What was done and undone since the last bill is
 * left out; what moved between services, or came along from another account, closes the sum.
 */
export function activityOf(
  material: {
    bill: WholeBill
    items: readonly OpenItem[]
    texts: ItemTexts
    kindOf: (agreementId: number) => AgreementKind | undefined
  },
  language: Language,
): BillDocument['balance']['activity'] {
  const { bill, items, texts, kindOf } = material
  const own = new Set(bill.charges.map((charge) => chargeReference(charge.chargeId)))
  const shown = standing(items.filter((item) => !(item.kind === 'charge' && own.has(item.reference))))
    .filter((item) => texts.get(textKey(item)) !== null)
    .filter((item) => !item.kind.startsWith('transfer') || texts.has(textKey(item)))
    .map((item) => ({
      date: item.aroseOn,
      text: texts.get(textKey(item))?.[language] ?? titleOf(item, kindOf(item.agreementId), language),
      amountCents: item.amountCents,
      ...(item.kind === 'deferral' && item.aroseOn === bill.billDate && { ask: true as const }),
    }))
  const movedCents = bill.creditsCents - shown.reduce((sum, entry) => sum + entry.amountCents, 0)
  const moved = { date: bill.billDate, text: say(language, 'moved'), amountCents: movedCents }
  return movedCents === 0 ? shown : [...shown, moved]
}

/** This will list in both languages what a complete bill shows beside its own charges, as the document does. */
export async function billActivity(
  tx: Tx,
  key: BillKey,
): Promise<{ date: LocalDate; text: { en: string; es: string }; amountCents: Cents; ask: boolean }[]> {
  const bill = await getBill(tx, key)
  const items = await itemsOfBill(tx, key.customerId, key.billId)
  const agreements = await agreementsOfCustomers(tx, [key.customerId])
  const kinds = new Map(agreements.map(({ agreementId, kind }) => [agreementId, kind]))
  const texts = await itemTexts(tx, items)
  const material = { bill, items, texts, kindOf: (agreementId: number) => kinds.get(agreementId) }
  const spanish = activityOf(material, 'es')
  return activityOf(material, 'en').map(({ date, text: en, amountCents, ask = false }, index) => ({
    date,
    ask,
    text: { en, es: spanish[index]?.text ?? en },
    amountCents,
  }))
}

/** Items whose cancellation is on the same bill say nothing; the cancellation neither. */
function standing(items: readonly OpenItem[]): OpenItem[] {
  const actOf = ({ agreementId, kind, reference }: OpenItem) =>
    `${agreementId} ${kind.replace(CANCEL, '').replace('fee', 'adjustment')} ${reference}`
  const acts = Map.groupBy(items, actOf)
  return items.filter((item) => {
    const act = acts.get(actOf(item)) ?? []
    const undone = act.some(({ kind }) => kind.endsWith(CANCEL))
    return !undone || act.reduce((sum, one) => sum + one.amountCents, 0) !== 0
  })
}

function titleOf(item: OpenItem, agreementKind: AgreementKind | undefined, language: Language): string {
  if (item.kind === 'deferral' && agreementKind) return deferralTitle(agreementKind, language)
  if (item.reference.startsWith('late_fee:') && item.kind === 'fee') return say(language, 'lateFee')
  return itemTitle(item.kind, language)
}
