import { add, compare, type Decimal, greatest, subtract, sum, ZERO } from '../../platform/decimal.ts'
import { type DerivedQuantity, inSeason, minutes, windowsOf } from '../tariffs/index.ts'
import { balance, setBalance, settlesIn } from './carry.ts'
import type { Vector } from './quantity.ts'
import type { PartContext, Span } from './span.ts'
import { flowVector } from './usage-quantity.ts'

type NetBankRule = Extract<DerivedQuantity, { fn: 'net_bank' }>

const RUNNING = 'running'
const SETTLED = 'settled'

/** This will net delivered and received energy by period, use up what earlier bills carried, and carry the surplus on. */
export function netBank(context: PartContext, rule: NetBankRule, span: Span): Vector {
  const { code, unit, tou } = rule
  const delivered = flowVector(context, { unit, tou }, 'delivered', span)
  const received = flowVector(context, { unit, tou }, 'received', span)
  const buckets = bucketsOf(context, rule, span)
  const byTou = new Map<string, Decimal>()
  const surplus = new Map<string, Decimal>()
  for (const [period, value] of delivered.byTou ?? []) {
    const carried = sum(
      buckets.filter((row) => row.period === period).map((row) => balance(context, code, row.bucket)),
    )
    const used = subtract(value, add(received.byTou?.get(period) ?? ZERO, carried))
    byTou.set(period, greatest(ZERO, used))
    surplus.set(period, greatest(ZERO, subtract(ZERO, used)))
  }
  const running = greatest(
    ZERO,
    add(balance(context, code, RUNNING), subtract(received.total, delivered.total)),
  )
  const settles = settlesIn(context, rule.settleMonth, span)
  context.carry.balances[code] = {}
  for (const [period, value] of surplus) {
    const bucket = buckets.find((row) => row.period === period)?.bucket ?? period
    if (!settles && compare(value, ZERO) > 0) setBalance(context, code, bucket, value)
  }
  setBalance(context, code, RUNNING, settles ? ZERO : running)
  setBalance(context, code, SETTLED, settles ? running : ZERO)
  return { unit, total: sum(byTou.values()), byTou }
}

/** Under which name a period's surplus is carried: the clock time of a weekday that finds the period again. */
function bucketsOf(
  context: PartContext,
  rule: NetBankRule,
  span: Span,
): { bucket: string; period: string }[] {
  const map = context.tariff.touMap(rule.tou)
  const byCode = map.periods.map(({ code }) => ({ bucket: code, period: code }))
  if (!rule.carryAt) return byCode
  const windows = windowsOf(map, 'wed', false, (season) =>
    inSeason(context.tariff.season(season), span.start),
  )
  const byClock = rule.carryAt.flatMap((clock) => {
    const at = minutes(clock)
    const window = windows.find((row) => row.fromMinute <= at && at < row.untilMinute)
    const period = window && map.periods[window.period]?.code
    return period === undefined ? [] : [{ bucket: clock, period }]
  })
  return [...byClock, ...byCode]
}

/** This will give what a bank settles with this bill. */
export function settledOf(context: PartContext, bank: string): Decimal {
  return balance(context, bank, SETTLED)
}
