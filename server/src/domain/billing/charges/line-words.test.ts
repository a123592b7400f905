import { expect, test } from 'vitest'
import { startOfDaySeconds } from '../../../platform/time.ts'
import { compileTariff, type RatedLine, type RatingFacts, rate, type Usage } from '../../rating/index.ts'
import { TariffDocument, type TariffInput } from '../../tariffs/index.ts'
import { type ChargeLine, toChargeLine } from './charge.ts'
import { detailOf } from './line-words.ts'

const timeZone = 'America/New_York'
const start = '2025-06-01'
const end = '2025-06-16'

type Version = TariffInput['versions'][number]

const rule = (code: string, revenueClass: string) => ({
  code,
  class: revenueClass,
  text: { en: code, es: `${code} (es)` },
})
const bands = [{ upTo: { value: '30' }, price: '0.1234' }, { price: '0.2' }]

/** Half a month under rules of every kind: prorated, stepped, credited, exempt, bound, banked. */
const EVERY_KIND: Version = {
  effectiveFrom: '2000-01-01',
  quantities: [
    { code: 'kwh', fn: 'usage', unit: 'kWh' },
    { code: 'sent', fn: 'usage', unit: 'kWh', flow: 'received' },
  ],
  rules: [
    { ...rule('fixed', 'fixed'), kind: 'flat_charge', price: '10' },
    { ...rule('daily', 'fixed'), kind: 'flat_charge', price: '0.35', per: 'day' },
    { ...rule('meters', 'fixed'), kind: 'flat_charge', price: '12', per: 'year', times: { fact: 'meters' } },
    { ...rule('energy', 'energy'), kind: 'service_quantity', quantity: 'kwh', prices: [{ bands }] },
    {
      ...rule('export', 'credit'),
      kind: 'service_quantity',
      quantity: 'sent',
      credit: true,
      memo: true,
      prices: [{ bands: [{ price: '0.04' }] }],
    },
    { ...rule('slab', 'delivery'), kind: 'slab_set', quantity: 'kwh', sets: [{ fixed: '3', bands }] },
    {
      ...rule('lamps', 'fixed'),
      kind: 'item',
      table: [
        { item: 'led', text: { en: 'LED lamp' }, price: '1.5' },
        { item: 'pole', price: '2' },
      ],
    },
    {
      ...rule('tax', 'tax'),
      kind: 'apply_to',
      taxCategory: 'state',
      percent: '6.25',
      base: { classes: ['energy'] },
    },
    { ...rule('so_far', 'memo'), kind: 'summary', base: {} },
    { ...rule('least', 'minimum'), kind: 'minimum', amount: '100', base: { classes: ['energy'] } },
    { ...rule('most', 'minimum'), kind: 'maximum', amount: '1', base: { classes: ['fixed'] } },
    {
      ...rule('bank', 'credit'),
      kind: 'credit_bank',
      earns: { rules: ['export'] },
      offsets: { classes: ['energy'] },
      settle: 'pay',
      settleMonth: 6,
    },
  ],
}

/** Quantities of ten digits: more than are kept. */
const REGISTERS: Usage = {
  kind: 'quantities',
  quantities: [
    { unit: 'kWh', quantity: 457_123_456_7, scale: 8 },
    { unit: 'kWh', flow: 'received', quantity: 1000, scale: 0 },
  ],
}

const FACTS: RatingFacts = {
  values: { meters: '2' },
  exemptPercent: { state: '12.5' },
  items: [
    { item: 'led', count: 3 },
    { item: 'pole', count: 1 },
  ],
}

function pricedWith(version: Version, usage: Usage, facts: RatingFacts = {}) {
  const document = TariffDocument.parse({
    code: 'every',
    name: 'Every',
    serviceType: 'electricity',
    currency: 'USD',
    versions: [version],
  })
  const [only] = document.versions
  if (!only) throw new Error('there is no version')
  const versions = [compileTariff(document, only)]
  return { document, lines: rate({ versions, period: { start, end }, timeZone, usage, facts }).lines }
}

/** As a row comes back: JSON in `detail`, decimal text in numbers. */
const kept = (line: RatedLine) => {
  const { detail, ...columns } = toChargeLine(1, 1, line)
  return { ...columns, detail: JSON.parse(JSON.stringify(detail)) as typeof detail }
}

const saidWhenPriced = ({ text, reason, price, intervals }: RatedLine) => ({
  text,
  reason,
  per: price?.per,
  intervals,
})
const saidWhenRead = ({ text, reason, per, intervals }: ChargeLine['detail']) => ({
  text,
  reason,
  per,
  intervals,
})

test('a line of any rule says from what is kept of it what it said when it was priced', () => {
  const { document, lines } = pricedWith(EVERY_KIND, REGISTERS, FACTS)
  const rules = EVERY_KIND.rules.map(({ code }) => code)
  expect([...new Set(lines.map(({ ruleCode }) => ruleCode))]).toEqual(rules)
  for (const line of lines) {
    const row = kept(line)
    expect(row.detail).not.toHaveProperty('text')
    expect(row.detail).not.toHaveProperty('reason')
    expect(saidWhenRead(detailOf(row, { timeZone }, { document }))).toEqual(saidWhenPriced(line))
  }
  const reasons = lines.map(({ reason }) => reason?.en).join('\n')
  // 45.71234567 less half of 30.
  expect(reasons).toContain('~30.712346 kWh (block 2) × 0.2 USD = ~6.142469 USD ≈ 6.14 USD')
  expect(reasons).toContain('less an exemption of 12.5 %')
  // 1000 x 0.04 earned; 1.85 + 6.14 of energy to use it on; the rest is paid out.
  expect(reasons.match(/earned 40 USD, used 7.99 USD, left 32.01 USD/g)).toHaveLength(2)
})

test('a line of a price curve and its intervals come back too', () => {
  const quarterHours = 15 * 96
  const startSeconds = startOfDaySeconds(start, timeZone)
  const values = Float64Array.from({ length: quarterHours }, (_, slot) => slot % 7)
  const channel = {
    unit: 'kWh',
    flow: 'delivered' as const,
    intervalSeconds: 900,
    startSeconds,
    scale: 3,
    values,
  }
  const curve = { startSeconds, intervalSeconds: 900, scale: 4, values }
  const version: Version = {
    effectiveFrom: '2000-01-01',
    quantities: [{ code: 'kwh', fn: 'usage', unit: 'kWh' }],
    rules: [
      {
        ...rule('spot', 'energy'),
        kind: 'service_quantity',
        quantity: 'kwh',
        prices: [{ bands: [{ price: { curve: 'spot' } }] }],
      },
    ],
  }
  const usage: Usage = { kind: 'interval', channels: [channel] }
  const { document, lines } = pricedWith(version, usage, { curves: { spot: curve } })
  const [line] = lines
  if (!line) throw new Error('there is no line')
  expect(line.reason?.en).toContain('× ∑ USD = ')
  // Fifteen days of summer time.
  expect(line.intervals).toEqual({ fromSeconds: startSeconds, toSeconds: startSeconds + 15 * 86_400 })
  expect(saidWhenRead(detailOf(kept(line), { timeZone }, { document }))).toEqual(saidWhenPriced(line))
})

test('a line that was kept with its texts, or entered by hand, says them', () => {
  const { lines } = pricedWith(EVERY_KIND, REGISTERS, FACTS)
  const [line] = lines
  if (!line) throw new Error('there is no line')
  const text = { en: 'As printed', es: 'Como se imprimió' }
  const reason = { en: 'As told', es: 'Como se dijo' }
  const intervals = { fromSeconds: 1, toSeconds: 2, tou: 'peak' }
  const old = { ...kept(line), detail: { text, reason, per: 'bill', intervals } }
  expect(detailOf(old, { timeZone }, undefined)).toEqual({ text, reason, per: 'bill', intervals })
})
