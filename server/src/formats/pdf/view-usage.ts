import { daysBetween } from '../../platform/time.ts'
import type { ComparedPeriod, DocumentComparison, DocumentLanguage, DocumentUsage } from './bill-document.ts'
import { catalogueOf, fill } from './messages.ts'
import { dateParts, wordDate, wordDecimal, wordMoney, wordMonth } from './wording.ts'

/** A bar runs from `from` to `to`, both fractions of the plot's height counted from below. */
export interface BarView {
  label: string
  value: string
  from: number
  to: number
  look: 'plain' | 'now' | 'then' | 'estimated'
}

export interface ChartView {
  title: string
  alt: string
  every: 'month' | 'day'
  zero: number
  ticks: { at: number; text: string }[]
  bars: BarView[]
  legend: { look: BarView['look']; text: string }[]
}

export interface ComparisonView {
  header: string[]
  rows: { cells: string[] }[]
}

/** This will lay out a usage chart; undefined when no bar has a value. */
export function toChartView(usage: DocumentUsage, language: DocumentLanguage): ChartView | undefined {
  const texts = catalogueOf(language)
  const values = usage.bars.map((bar) => Number(bar.value ?? 0))
  if (usage.bars.every((bar) => bar.value === undefined)) return undefined
  const scale = scaleOf(values)
  const bars = usage.bars.map((bar, index): BarView => {
    const value = values[index] ?? 0
    const [from, to] = [scale.place(Math.min(0, value)), scale.place(Math.max(0, value))]
    return {
      label: barLabel(usage, index, language),
      value: shortNumber(bar.value),
      from,
      to,
      look: lookOf(usage, index),
    }
  })
  const legend: ChartView['legend'] = []
  const looks = new Set(bars.map((bar) => bar.look))
  if (looks.has('now')) legend.push({ look: 'now', text: texts.thisPeriod })
  if (looks.has('then')) legend.push({ look: 'then', text: texts.sameMonthLastYear })
  if (looks.has('estimated')) legend.push({ look: 'estimated', text: texts.estimated })
  const title = fill(usage.every === 'month' ? texts.usageByMonth : texts.usageByDay, { unit: usage.unit })
  const ticks = scale.ticks.map((tick) => ({ at: scale.place(tick), text: shortNumber(String(tick)) }))
  return { title, alt: altOf(usage, language), every: usage.every, zero: scale.place(0), ticks, bars, legend }
}

function lookOf(usage: DocumentUsage, index: number): BarView['look'] {
  const bar = usage.bars[index]
  if (bar?.estimated) return 'estimated'
  if (usage.every === 'day') return 'now'
  if (index === usage.bars.length - 1) return 'now'
  return index === usage.bars.length - 13 ? 'then' : 'plain'
}

function barLabel(usage: DocumentUsage, index: number, language: DocumentLanguage): string {
  const date = usage.bars[index]?.date ?? ''
  return usage.every === 'month' ? wordMonth(date, language) : String(dateParts(date)[2])
}

function altOf(usage: DocumentUsage, language: DocumentLanguage): string {
  const texts = catalogueOf(language)
  const values = usage.bars.map(({ date, value, estimated }) => {
    const label =
      usage.every === 'day' ? wordDate(date, language) : `${wordMonth(date, language)} ${dateParts(date)[0]}`
    if (value === undefined) return fill(texts.chartGap, { label })
    const text = estimated ? texts.chartValueEstimated : texts.chartValue
    return fill(text, { label, value: wordDecimal(value) })
  })
  return fill(texts.chartAlt, { unit: usage.unit, values: values.join('; ') })
}

/** A printed number of the chart: `21.5k`, `802`, `8.4`; chart labels are a glance, the table is the truth. */
function shortNumber(value: string | undefined): string {
  if (value === undefined) return ''
  const number = Number(value)
  if (Math.abs(number) >= 10_000) return `${wordDecimal(String(Math.round(number / 100) / 10))}k`
  const digits = Math.abs(number) >= 10 || Number.isInteger(number) ? 0 : Math.abs(number) >= 1 ? 1 : 2
  return wordDecimal(number.toFixed(digits))
}

function scaleOf(values: readonly number[]): { ticks: number[]; place: (value: number) => number } {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const step = niceStep((high - low || 1) / 3)
  const [first, last] = [Math.floor(low / step), Math.max(1, Math.ceil(high / step))]
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(6)),
  )
  const place = (value: number) => Number(((value / step - first) / (last - first)).toFixed(4))
  return { ticks, place }
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough) ?? 10
  return factor * power
}

/** This will lay out the table that sets this period beside the last one and last year's. */
export function toComparisonView(comparison: DocumentComparison, language: DocumentLanguage): ComparisonView {
  const texts = catalogueOf(language)
  const row = (label: string, compared: ComparedPeriod | undefined) => {
    if (!compared) return []
    const days = String(daysBetween(compared.period.start, compared.period.end))
    return [{ cells: [label, days, wordDecimal(compared.usagePerDay), wordMoney(compared.costPerDayCents)] }]
  }
  return {
    header: [
      texts.compared,
      texts.days,
      fill(texts.usagePerDay, { unit: comparison.unit }),
      texts.costPerDay,
    ],
    rows: [
      ...row(texts.thisPeriod, comparison.thisPeriod),
      ...row(texts.lastPeriod, comparison.lastPeriod),
      ...row(texts.lastYear, comparison.lastYear),
    ],
  }
}

/** This will say in one sentence how daily use changed, against last year where known, else the last bill. */
export function comparisonSentence(
  comparison: DocumentComparison,
  language: DocumentLanguage,
): string | undefined {
  const texts = catalogueOf(language)
  const before = comparison.lastYear ?? comparison.lastPeriod
  const [now, then] = [Number(comparison.thisPeriod.usagePerDay), Number(before?.usagePerDay ?? 0)]
  if (then <= 0 || now < 0) return undefined
  const when = comparison.lastYear ? texts.thanLastYear : texts.thanLastPeriod
  const percent = Math.round((now / then - 1) * 100)
  if (percent === 0) return fill(texts.storySame, { unit: comparison.unit, when })
  const text = percent > 0 ? texts.storyMore : texts.storyLess
  return fill(text, { percent: `${Math.abs(percent)}%`, unit: comparison.unit, when })
}
