import type { Command } from 'commander'
import { compileTariff } from '../domain/rating/index.ts'
import type { Tariff } from '../domain/tariffs/index.ts'
import { Refusal } from '../platform/errors.ts'
import { centsToDecimal, sumCents } from '../platform/money.ts'
import { isTimeZone, type LocalDate } from '../platform/time.ts'
import { billsOf, wholeDays } from './price/monthly-bills.ts'
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
      const versions = tariff.versions.map((version) => compileTariff(tariff, version))
      const bills = billsOf(versions, channels, timeZone, from, to)
      const omitted = notExpressed.map(({ field, reason }) => `${field} is not priced: ${reason}`)
      for (const note of [...omitted, ...notes]) process.stderr.write(`note: ${note}\n`)
      process.stdout.write(output(tariff, timeZone, bills, notExpressed, options))
    })
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
