import { sumCents } from '../../platform/money.ts'
import type { DocumentCharge, DocumentLanguage, DocumentLine, DocumentReading } from './bill-document.ts'
import { catalogueOf, fill, SECTIONS } from './messages.ts'
import { type ChartView, toChartView } from './view-usage.ts'
import { wordDecimal, wordMoney, wordPeriod } from './wording.ts'

export interface ChargeView {
  title: string
  facts: string[]
  header: string[]
  rows: ChargeRow[]
  totalLabel: string
  total: string
  readings: { header: string[]; rows: string[][] } | null
  chart: ChartView | null
}

export type ChargeRow =
  | { kind: 'part'; text: string; detail: string }
  | { kind: 'section'; text: string; amount: string }
  | { kind: 'line'; text: string; detail: string; amount: string }

/** This will lay out one charge: its parts, their sections with subtotals, and every line with its formula. */
export function toChargeView(
  charge: DocumentCharge,
  language: DocumentLanguage,
  withChart: boolean,
): ChargeView {
  const texts = catalogueOf(language)
  const meter = charge.meterBadge ? [fill(texts.meter, { badge: charge.meterBadge })] : []
  const plan = charge.parts.length === 1 ? charge.parts.map((part) => part.planName) : []
  const place = charge.serviceLines ? [charge.serviceLines.join(', ')] : []
  return {
    title: charge.title,
    facts: [...plan, ...meter, wordPeriod(charge.period, language), ...place],
    header: [texts.charge, texts.workedOut, texts.amount],
    rows: toRows(charge, language),
    totalLabel: fill(texts.totalOf, { title: charge.title }),
    total: wordMoney(charge.totalCents),
    readings: charge.readings?.length ? toReadings(charge.readings, language) : null,
    chart: (withChart && charge.usage && toChartView(charge.usage, language)) || null,
  }
}

function toRows(charge: DocumentCharge, language: DocumentLanguage): ChargeRow[] {
  return charge.parts.flatMap((part): ChargeRow[] => {
    const rows = toSections(part.lines, language)
    if (charge.parts.length === 1) return rows
    return [{ kind: 'part', text: part.planName, detail: wordPeriod(part.period, language) }, ...rows]
  })
}

function toSections(lines: readonly DocumentLine[], language: DocumentLanguage): ChargeRow[] {
  const sections = SECTIONS.map((section) => ({
    section,
    lines: lines.filter((line) => line.section === section),
  }))
  const present = sections.filter(({ lines }) => lines.length > 0)
  return present.flatMap(({ section, lines }): ChargeRow[] => {
    const rows = lines.map(toLine)
    if (present.length === 1) return rows
    const subtotal = wordMoney(sumCents(lines.map((line) => line.amountCents)))
    return [{ kind: 'section', text: catalogueOf(language)[section], amount: subtotal }, ...rows]
  })
}

function toLine(line: DocumentLine): ChargeRow {
  return { kind: 'line', text: line.text, detail: line.detail ?? '', amount: wordMoney(line.amountCents) }
}

/** Columns that no reading fills (interval channels have no dials) are left out. */
function toReadings(readings: readonly DocumentReading[], language: DocumentLanguage) {
  const texts = catalogueOf(language)
  const number = (value: string | undefined) => (value === undefined ? '' : wordDecimal(value))
  const columns: { header: string; cell: (reading: DocumentReading) => string }[] = [
    { header: texts.reading, cell: (reading) => reading.channel },
    { header: texts.previousReading, cell: (reading) => number(reading.previous) },
    { header: texts.currentReading, cell: (reading) => number(reading.current) },
    { header: texts.difference, cell: (reading) => number(reading.difference) },
    { header: texts.multiplier, cell: (reading) => number(reading.multiplier) },
    { header: texts.used, cell: (reading) => `${wordDecimal(reading.used)} ${reading.unit}` },
    { header: texts.kind, cell: (reading) => (reading.estimated ? texts.estimated : texts.actual) },
  ]
  const filled = columns.filter(({ cell }) => readings.some((reading) => cell(reading) !== ''))
  return {
    header: filled.map(({ header }) => header),
    rows: readings.map((reading) => filled.map(({ cell }) => cell(reading))),
  }
}
