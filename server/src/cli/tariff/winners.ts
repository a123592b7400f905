import { centsToDecimal, sumCents } from '../../platform/money.ts'

/** What one customer pays under two tariffs, for the same use. */
export interface Pair {
  name: string
  beforeCents: number
  afterCents: number
}

export interface Winners {
  customers: number
  /** Who pays less, more, the same. */
  winners: number
  losers: number
  same: number
  beforeCents: number
  afterCents: number
  changeCents: number
  /** Change in percent, with one digit; absent when nothing was paid before. */
  changePercent?: string
  /** How many change by how much: in percent of what they paid before. */
  distribution: { from?: number; to?: number; customers: number; changeCents: number }[]
  largestGains: Pair[]
  largestLosses: Pair[]
}

/** Edges of the distribution, in percent. */
const EDGES = [-50, -20, -10, -5, 0, 5, 10, 20, 50]
const LARGEST = 10

/** This will tell who gains and who loses when one tariff takes the place of another, and what the utility takes. */
export function winnersOf(pairs: readonly Pair[]): Winners {
  const change = ({ beforeCents, afterCents }: Pair) => afterCents - beforeCents
  const ordered = pairs.toSorted((a, b) => change(a) - change(b))
  const [beforeCents, afterCents] = [
    sumCents(pairs.map((pair) => pair.beforeCents)),
    sumCents(pairs.map((pair) => pair.afterCents)),
  ]
  const changePercent = percentText(afterCents - beforeCents, beforeCents)
  const winners = ordered.filter((pair) => change(pair) < 0)
  const losers = ordered.filter((pair) => change(pair) > 0)
  return {
    customers: pairs.length,
    winners: winners.length,
    losers: losers.length,
    same: pairs.length - winners.length - losers.length,
    beforeCents,
    afterCents,
    changeCents: afterCents - beforeCents,
    ...(changePercent !== undefined && { changePercent }),
    distribution: distributionOf([...winners, ...losers]),
    largestGains: winners.slice(0, LARGEST),
    largestLosses: losers.toReversed().slice(0, LARGEST),
  }
}

function distributionOf(changed: readonly Pair[]): Winners['distribution'] {
  const rows = [...EDGES, undefined].map((to, index) => ({
    ...(index > 0 && { from: EDGES[index - 1] as number }),
    ...(to !== undefined && { to }),
    customers: 0,
    changeCents: 0,
  }))
  for (const pair of changed) {
    const change = pair.afterCents - pair.beforeCents
    const share = (100 * change) / Math.max(1, Math.abs(pair.beforeCents))
    const row =
      rows.find(({ to }) => to !== undefined && (share < to || (share === to && to < 0))) ?? rows.at(-1)
    if (!row) continue
    row.customers++
    row.changeCents += change
  }
  return rows.filter(({ customers }) => customers > 0)
}

/** Tenths of a percent, rounded half up. */
function percentText(change: number, of: number): string | undefined {
  if (of === 0) return undefined
  const tenths = Math.round((1000 * change) / Math.abs(of))
  return centsToDecimal(tenths, 1)
}

/** This will lay it out for people. */
export function winnersText(found: Winners, currency: string): string {
  const money = (cents: number) => centsToDecimal(cents).padStart(14)
  const signed = (cents: number) => `${cents > 0 ? '+' : ''}${centsToDecimal(cents)}`.padStart(14)
  const percent =
    found.changePercent === undefined ? '' : ` (${found.changeCents > 0 ? '+' : ''}${found.changePercent} %)`
  const pair = (one: Pair) =>
    `  ${one.name.padEnd(28)}${money(one.beforeCents)}${money(one.afterCents)}${signed(one.afterCents - one.beforeCents)}`
  const list = (title: string, pairs: readonly Pair[]) =>
    pairs.length === 0 ? [] : ['', title, ...pairs.map(pair)]
  return [
    `${found.customers} customers: ${found.winners} pay less, ${found.losers} pay more, ${found.same} the same`,
    `Revenue ${currency}: ${centsToDecimal(found.beforeCents)} before, ${centsToDecimal(found.afterCents)} after, ${signed(found.changeCents).trim()}${percent}`,
    ...(found.distribution.length === 0
      ? []
      : ['', `  ${'change'.padEnd(28)}${'customers'.padStart(14)}${'in all'.padStart(14)}`]),
    ...found.distribution.map(
      (row) =>
        `  ${rangeText(row).padEnd(28)}${String(row.customers).padStart(14)}${signed(row.changeCents)}`,
    ),
    ...list('Largest gains', found.largestGains),
    ...list('Largest losses', found.largestLosses),
    '',
  ].join('\n')
}

function rangeText({ from, to }: { from?: number; to?: number }): string {
  if (from === undefined) return `${to} % and less`
  return to === undefined ? `${from} % and more` : `${from} % to ${to} %`
}

/** This will write one row a customer, for a spreadsheet. */
export function pairsCsv(pairs: readonly Pair[]): string {
  const quoted = (name: string) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
  const rows = pairs.map(({ name, beforeCents, afterCents }) =>
    [quoted(name), beforeCents, afterCents, afterCents - beforeCents]
      .map((cell) => (typeof cell === 'number' ? centsToDecimal(cell) : cell))
      .join(','),
  )
  return `${['customer,before,after,change', ...rows].join('\n')}\n`
}
