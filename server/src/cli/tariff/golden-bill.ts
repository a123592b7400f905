import {
  type CompiledTariff,
  type RatedCharge,
  type RatedLine,
  type RatingFacts,
  type RatingHistory,
  rate,
  type Usage,
} from '../../domain/rating/index.ts'
import { decimalText, parseDecimal, round } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import { centsToDecimal } from '../../platform/money.ts'
import { addDays } from '../../platform/time.ts'
import type { Expected, GoldenBill, GoldenCustomer, GoldenFacts, Register } from './golden-file.ts'
import { channelOf, secondsOf } from './load.ts'

/** This will price the bills of a golden customer in order, each with the history that the one before left. */
export function priceGolden(golden: GoldenCustomer, versions: readonly CompiledTariff[]): Expected[] {
  const [first] = versions
  const timeZone = golden.timeZone ?? first?.timeZone
  if (timeZone === undefined)
    throw new Refusal(
      'rule',
      'time_zone_missing',
      `Say the timeZone of "${golden.customer}" or of its tariff.`,
    )
  let history: RatingHistory | undefined
  return golden.bills.map((bill) => {
    const { start, end } = bill
    const before = history
    const facts = factsOf({ ...golden.facts, ...bill.facts }, bill, timeZone)
    const charge = rate({
      versions,
      period: { start, end },
      timeZone,
      usage: usageOf(golden, bill, timeZone),
      facts: { ...facts, ...(before && { history: before }) },
      trace: false,
    })
    history = charge.carry
    return expectedOf(charge, bill, first?.currencyExponent ?? 2)
  })
}

/** Days before a bill that a baseline may read. */
const BASELINE_DAYS = 45

function usageOf({ load = [] }: GoldenCustomer, bill: GoldenBill, timeZone: string): Usage {
  if (bill.usage) return { kind: 'quantities', quantities: bill.usage.map(toQuantity) }
  const first = addDays(bill.start, -BASELINE_DAYS)
  return { kind: 'interval', channels: load.map((one) => channelOf(one, first, bill.end, timeZone)) }
}

function toQuantity({ quantity, unit, flow, tou, sqi, loop, estimated }: Register) {
  const { units, scale } = parseDecimal(quantity) ?? { units: 0n, scale: 0 }
  return {
    unit,
    quantity: Number(units),
    scale,
    ...(flow && { flow }),
    ...(tou && { tou }),
    ...(sqi && { sqi }),
    ...(loop && { loop }),
    ...(estimated && { estimated }),
  }
}

function factsOf(facts: GoldenFacts, { start, end }: GoldenBill, timeZone: string): RatingFacts {
  const { values, exemptPercent, items, events, windows, prices, factors, curves, history } = facts
  const seconds = (stamp: string) => secondsOf(stamp, timeZone)
  return {
    ...(values && { values }),
    ...(exemptPercent && { exemptPercent }),
    ...(items && { items }),
    ...(events && {
      events: mapValues(events, (stamps) => stamps.map(seconds)),
    }),
    ...(windows && {
      windows: mapValues(windows, (rows) =>
        rows.map(({ from, until }) => ({ fromSeconds: seconds(from), untilSeconds: seconds(until) })),
      ),
    }),
    ...(prices && { prices }),
    ...(factors && { factors }),
    ...(curves && { curves: mapValues(curves, (load) => channelOf(load, start, end, timeZone)) }),
    ...(history !== undefined && { history: history as unknown as RatingHistory }),
  }
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}

const SHOWN_PLACES = 6

/** This will write what a charge came to as a golden file expects it. */
export function expectedOf(
  charge: RatedCharge,
  bill: { start: string; end: string },
  exponent: number,
): Expected {
  const { peaks, balances } = charge.carry
  const kept = Object.entries(balances).filter(([, buckets]) => Object.keys(buckets).length > 0)
  const carry = {
    ...(peaks.length > 0 && { peaks: peaks.map((row) => ({ ...row })) }),
    ...(kept.length > 0 && { balances: Object.fromEntries(kept) }),
  }
  return {
    amount: centsToDecimal(charge.amountCents, exponent),
    lines: charge.lines.map((line) => lineOf(line, bill, exponent)),
    ...(Object.keys(carry).length > 0 && { carry }),
    ...(charge.warnings.length > 0 && { warnings: charge.warnings.map(({ en }) => en) }),
  }
}

function lineOf(
  line: RatedLine,
  bill: { start: string; end: string },
  exponent: number,
): Record<string, string> {
  const { quantity, price, band, base, proration } = line
  const shown = (value: { units: bigint; scale: number }) => decimalText(round(value, SHOWN_PLACES))
  return {
    rule: line.ruleCode,
    ...(line.start !== bill.start && { from: line.start }),
    ...(line.end !== bill.end && { until: line.end }),
    ...(quantity?.tou !== undefined && { tou: quantity.tou }),
    ...(band && { band: String(band.number) }),
    ...(quantity && { quantity: shown(quantity), unit: quantity.unit }),
    ...(base && { base: shown(base.amount) }),
    ...(price && { price: price.value, per: price.per }),
    ...(proration && { share: `${proration.days}/${proration.ofDays}` }),
    ...(line.memo
      ? { memo: shown(line.amountUnrounded) }
      : { amount: centsToDecimal(line.amountCents, exponent) }),
  }
}
