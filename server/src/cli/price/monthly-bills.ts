import { inForceFrom } from '../../domain/billing/index.ts'
import { type CompiledTariff, rate, type UsageChannel } from '../../domain/rating/index.ts'
import { Refusal } from '../../platform/errors.ts'
import {
  addDays,
  isLocalDate,
  type LocalDate,
  localDateAt,
  startOfDaySeconds,
  Temporal,
} from '../../platform/time.ts'
import type { PricedBill } from './print.ts'

/** This will tell the days to price: those asked for, else all that the channels cover whole. Refuses what is no day. */
export function wholeDays(
  channels: readonly UsageChannel[],
  timeZone: string,
  { from, to }: { from?: LocalDate; to?: LocalDate },
): [LocalDate, LocalDate] {
  const starts = channels.map((channel) => channel.startSeconds)
  const ends = channels.map(
    ({ startSeconds, values, intervalSeconds }) => startSeconds + values.length * intervalSeconds,
  )
  const first = Math.max(...starts)
  const firstDay = dayAt(first, timeZone)
  const firstWhole = startOfDaySeconds(firstDay, timeZone) === first ? firstDay : addDays(firstDay, 1)
  const days: [LocalDate, LocalDate] = [from ?? firstWhole, to ?? dayAt(Math.min(...ends), timeZone)]
  for (const day of days) assertDate(day)
  if (days[0] < days[1]) return days
  throw new Refusal(
    'rule',
    'period_empty',
    `From ${days[0]} to ${days[1]} there is no whole day of usage: check --from, --to and --time-zone.`,
  )
}

/** This will refuse a text that is no calendar day. */
export function assertDate(day: LocalDate): void {
  if (isLocalDate(day)) return
  throw new Refusal('malformed', 'date_wrong', `"${day}" is no date: write it as YYYY-MM-DD.`)
}

function dayAt(seconds: number, timeZone: string): LocalDate {
  return localDateAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000), timeZone)
}

/** This will price channels under tariff versions: a bill a calendar month, each handing its history to the next. */
export function billsOf(
  versions: readonly CompiledTariff[],
  channels: readonly UsageChannel[],
  timeZone: string,
  from: LocalDate,
  to: LocalDate,
): PricedBill[] {
  const inForce = inForceFrom(versions, from)
  const bills: PricedBill[] = []
  for (let start = from; start < to; ) {
    const nextMonth = Temporal.PlainDate.from(start).with({ day: 1 }).add({ months: 1 }).toString()
    const end = nextMonth < to ? nextMonth : to
    const history = bills.at(-1)?.charge.carry
    const charge = rate({
      versions: inForce,
      period: { start, end },
      timeZone,
      usage: { kind: 'interval', channels },
      ...(history ? { facts: { history } } : {}),
    })
    bills.push({ start, end, charge })
    start = end
  }
  return bills
}
