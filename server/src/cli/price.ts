import type { Command } from 'commander'
import { type CompiledTariff, compileTariff, rate, type UsageChannel } from '../domain/rating/index.ts'
import type { Tariff } from '../domain/tariffs/index.ts'
import { Refusal } from '../platform/errors.ts'
import { centsToDecimal, sumCents } from '../platform/money.ts'
import {
  addDays,
  isTimeZone,
  type LocalDate,
  localDateAt,
  startOfDaySeconds,
  Temporal,
} from '../platform/time.ts'
import { billJson, billsText, type PricedBill } from './price/print.ts'
import { channelsOf } from './price/usage-file.ts'
import { readTariffFile } from './tariff-file.ts'
import { readTextFile } from './text-file.ts'

interface PriceOptions {
  tariff: string
  usage: string
  from?: LocalDate
  to?: LocalDate
  timeZone?: string
  json?: boolean
  explain?: boolean
}

/** This will add `billwright price`: a load under a tariff, one bill a calendar month, with lines. */
export function price(program: Command): void {
  program
    .command('price')
    .description('price a load under a tariff: one bill a calendar month, with lines')
    .requiredOption('--tariff <file>', 'a tariff of ours as YAML or JSON, or a URDB rate')
    .requiredOption('--usage <file>', 'intervals as CSV or Green Button XML')
    .option('--from <date>', 'first day; by default the first whole day of the usage')
    .option('--to <date>', 'day after the last; by default the end of the last whole day')
    .option('--time-zone <zone>', "IANA zone of the service point; by default the tariff's, else UTC")
    .option('--json', 'print bills as JSON')
    .option('--explain', 'give the reason of every line')
    .action(async (options: PriceOptions) => {
      const { tariff, notExpressed } = await readTariffFile(options.tariff)
      const timeZone = options.timeZone ?? tariff.timeZone ?? 'UTC'
      if (!isTimeZone(timeZone))
        throw new Refusal(
          'rule',
          'time_zone_unknown',
          `"${timeZone}" is no IANA time zone: use one like America/New_York.`,
        )
      const { channels, notes } = await channelsOf(await readTextFile(options.usage), timeZone)
      const [from, to] = wholeDays(channels, timeZone, options)
      const bills = billsOf(tariff, channels, timeZone, from, to)
      const omitted = notExpressed.map(({ field, reason }) => `${field} is not priced: ${reason}`)
      for (const note of [...omitted, ...notes]) process.stderr.write(`note: ${note}\n`)
      process.stdout.write(output(tariff, timeZone, bills, notExpressed, options))
    })
}

/** The days to price: those asked for, else all that the channels cover whole. */
function wholeDays(
  channels: readonly UsageChannel[],
  timeZone: string,
  { from, to }: PriceOptions,
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

function assertDate(day: LocalDate): void {
  try {
    if (Temporal.PlainDate.from(day).toString() === day) return
  } catch {
    // What Temporal cannot read is refused below like what it reads otherwise.
  }
  throw new Refusal('malformed', 'date_wrong', `"${day}" is no date: write it as YYYY-MM-DD.`)
}

function dayAt(seconds: number, timeZone: string): LocalDate {
  return localDateAt(Temporal.Instant.fromEpochMilliseconds(seconds * 1000), timeZone)
}

function billsOf(
  tariff: Tariff,
  channels: readonly UsageChannel[],
  timeZone: string,
  from: LocalDate,
  to: LocalDate,
): PricedBill[] {
  const versions = tariff.versions.map((version) => compileTariff(tariff, version))
  const inForce = fromTheStart(versions, from)
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

/** What-if: usage from before the first version is priced under that version. */
function fromTheStart(versions: readonly CompiledTariff[], from: LocalDate): CompiledTariff[] {
  const [first, ...later] = versions
  if (!first || first.effectiveFrom <= from) return [...versions]
  return [{ ...first, effectiveFrom: from }, ...later]
}

function output(
  tariff: Tariff,
  timeZone: string,
  bills: readonly PricedBill[],
  notExpressed: readonly object[],
  { json, explain = false }: PriceOptions,
): string {
  const totalCents = sumCents(bills.map(({ charge }) => charge.amountCents))
  if (json) {
    const { code, currency } = tariff
    const priced = bills.map((bill) => billJson(bill, explain))
    return `${JSON.stringify({ tariff: code, currency, timeZone, bills: priced, totalCents, notExpressed }, undefined, 2)}\n`
  }
  const count = `${bills.length} ${bills.length === 1 ? 'bill' : 'bills'}`
  return `${tariff.name}\n\n${billsText(bills, tariff.currency, explain)}\n${count}, ${centsToDecimal(totalCents)} ${tariff.currency}\n`
}
