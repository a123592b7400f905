import { wordDecimal, wordMoney } from '../../../formats/pdf/index.ts'
import { decimal, decimalOf, decimalText, round } from '../../../platform/decimal.ts'
import type { Cents } from '../../../platform/money.ts'
import { daysBetween } from '../../../platform/time.ts'
import type { AgreementKind } from '../../agreements/index.ts'
import type { ItemKind } from '../../receivables/index.ts'
import type { ChargeLine } from '../charges/charge.ts'

export type Language = 'en' | 'es'

const en = {
  block: 'block {number}',
  ofBase: '{percent}% of {base}',
  days: '{days} days × {price}',
  moved: 'Balance of services moved to or from this account',
  creditNote: 'Credit note',
  creditNoteBody: 'This credit note takes back the charges of bill {number}.',
  oneOff: 'One-off charges',
  lateFee: 'Late fee',
  corrected: 'Corrected charges',
  correctedBody: 'Charges for {periods} were billed again. The earlier ones are taken back above.',
  more: 'Your new charges are {amount} more than on your last bill',
  less: 'Your new charges are {amount} less than on your last bill',
  same: 'Your new charges are the same as on your last bill',
  usedMore: 'you used {quantity} {unit} more',
  usedLess: 'you used {quantity} {unit} less',
  longer: 'this period is {days} days longer',
  shorter: 'this period is {days} days shorter',
}

const es: typeof en = {
  block: 'bloque {number}',
  ofBase: '{percent}% de {base}',
  days: '{days} días × {price}',
  moved: 'Saldo de servicios trasladados a esta cuenta o desde ella',
  creditNote: 'Nota de crédito',
  creditNoteBody: 'Esta nota de crédito anula los cargos de la factura {number}.',
  oneOff: 'Cargos únicos',
  lateFee: 'Recargo por pago tardío',
  corrected: 'Cargos corregidos',
  correctedBody: 'Los cargos de {periods} se facturaron de nuevo. Los anteriores se descuentan arriba.',
  more: 'Sus cargos nuevos son {amount} más que en su última factura',
  less: 'Sus cargos nuevos son {amount} menos que en su última factura',
  same: 'Sus cargos nuevos son iguales a los de su última factura',
  usedMore: 'usó {quantity} {unit} más',
  usedLess: 'usó {quantity} {unit} menos',
  longer: 'este período tiene {days} días más',
  shorter: 'este período tiene {days} días menos',
}

const WORDS = { en, es }

export type Word = keyof typeof en

/** This will say a sentence of a bill in its language, with its figures. */
export function say(language: Language, word: Word, figures: Record<string, string | number> = {}): string {
  return WORDS[language][word].replace(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''))
}

const SERVICES: Record<Language, Record<string, string>> = {
  en: { electricity: 'Electric service', gas: 'Gas service', water: 'Water service', lighting: 'Lighting' },
  es: {
    electricity: 'Servicio eléctrico',
    gas: 'Servicio de gas',
    water: 'Servicio de agua',
    lighting: 'Alumbrado',
  },
}

/** This will name a service on a bill. */
export function serviceTitle(serviceKind: string | null, language: Language): string {
  return SERVICES[language][serviceKind ?? ''] ?? (language === 'es' ? 'Servicio' : 'Service')
}

const ITEMS: Record<Language, Record<ItemKind, string>> = {
  en: {
    charge: 'Charge',
    charge_cancel: 'Charge taken back',
    payment: 'Payment received',
    payment_cancel: 'Payment returned',
    adjustment: 'Adjustment',
    adjustment_cancel: 'Adjustment taken back',
    fee: 'Fee',
    transfer: 'Transfer',
    transfer_cancel: 'Transfer taken back',
    deferral: 'Budget, deposit or instalment',
    deferral_cancel: 'Budget, deposit or instalment taken back',
    write_off: 'Written off',
    write_off_cancel: 'Write-off taken back',
    disbursement: 'Refund',
    disbursement_cancel: 'Refund stopped',
  },
  es: {
    charge: 'Cargo',
    charge_cancel: 'Cargo anulado',
    payment: 'Pago recibido',
    payment_cancel: 'Pago devuelto',
    adjustment: 'Ajuste',
    adjustment_cancel: 'Ajuste anulado',
    fee: 'Recargo',
    transfer: 'Traslado',
    transfer_cancel: 'Traslado anulado',
    deferral: 'Plan nivelado, depósito o cuota',
    deferral_cancel: 'Plan nivelado, depósito o cuota anulado',
    write_off: 'Saldo incobrable',
    write_off_cancel: 'Saldo incobrable anulado',
    disbursement: 'Reembolso',
    disbursement_cancel: 'Reembolso detenido',
  },
}

/** This will name what happened on an account since the last bill. */
export function itemTitle(kind: ItemKind, language: Language): string {
  return ITEMS[language][kind]
}

const DEFERRALS: Record<Language, Partial<Record<AgreementKind, string>>> = {
  en: {
    service: 'Budget billing adjustment',
    deposit: 'Security deposit',
    arrangement: 'Payment arrangement',
  },
  es: {
    service: 'Ajuste de la facturación nivelada',
    deposit: 'Depósito de garantía',
    arrangement: 'Convenio de pago',
  },
}

/** This will name what a bill asks for more, or less, than was charged. */
export function deferralTitle(agreementKind: AgreementKind, language: Language): string {
  return DEFERRALS[language][agreementKind] ?? itemTitle('deferral', language)
}

/** Digits of a quantity that a bill prints; the trace has them all. */
const SHOWN_PLACES = 3

/** This will write a quantity as a bill prints it. */
export function wordQuantity(quantity: number, scale: number): string {
  return wordDecimal(decimalText(round(decimalOf(quantity, scale), SHOWN_PLACES)))
}

/** This will write what a line is computed from: `446.4 kWh × $0.10`; undefined for a plain amount. */
export function lineDetail(line: ChargeLine, language: Language): string | undefined {
  const { price, quantity, quantityScale, unit, detail, baseCents } = line
  if (price === null) return undefined
  if (detail.per === '%') {
    const base = baseCents === null ? wordPrice(detail.base?.amount ?? '0') : wordMoney(baseCents)
    return say(language, 'ofBase', { percent: decimalText(decimal(price)), base })
  }
  if (quantity !== null && unit)
    return `${wordQuantity(quantity, quantityScale ?? 0)} ${unit} × ${wordPrice(price)}`
  if (detail.per === 'day')
    return say(language, 'days', { days: daysBetween(line.startDate, line.endDate), price: wordPrice(price) })
  if (detail.proration) return `${wordPrice(price)} × ${detail.proration.days}/${detail.proration.ofDays}`
  return undefined
}

/** This will write a price with all its digits, at least whole cents. */
function wordPrice(price: string): string {
  const text = wordDecimal(decimalText(decimal(price), 2))
  return text.startsWith('-') ? `-$${text.slice(1)}` : `$${text}`
}

/** This will write an amount as a bill says it in a sentence. */
export function wordAmount(amount: Cents): string {
  return wordMoney(Math.abs(amount))
}
