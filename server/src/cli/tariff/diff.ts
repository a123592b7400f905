import { basename } from 'node:path'
import type { Command } from 'commander'
import { formatAccountId } from '../../domain/agreements/index.ts'
import { type BilledYear, billedBook, compiledFor, priceYear } from '../../domain/billing/index.ts'
import { findClient } from '../../domain/identity/index.ts'
import { type CompiledTariff, compileTariff } from '../../domain/rating/index.ts'
import { getTariffs, type Tariff } from '../../domain/tariffs/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { sumCents } from '../../platform/money.ts'
import { type LocalDate, localDateAt } from '../../platform/time.ts'
import { withInstallation } from '../installation.ts'
import { assertDate, billsOf, wholeDays } from '../price/monthly-bills.ts'
import { channelsOf } from '../price/usage-file.ts'
import { openProgress, type Progress } from '../progress.ts'
import { readTariffFile } from '../tariff-file.ts'
import { readTextFile } from '../text-file.ts'
import { type Pair, pairsCsv, winnersOf, winnersText } from './winners.ts'

interface DiffOptions {
  usage?: string[]
  book?: boolean
  client?: string
  plan?: string
  until?: LocalDate
  timeZone?: string
  json?: boolean
  csv?: boolean
}

/** A tariff, or one version of it, to be compared. */
export interface Side {
  name: string
  currency: string
  serviceType: string
  timeZone: string | undefined
  document: Tariff
  versions: CompiledTariff[]
}

interface LeftOut {
  count: number
  /** The first of them, and why it could not be priced. */
  example: string
  reason: string
}

type PricingSide = Pick<Side, 'serviceType' | 'versions'>

interface Compared {
  pairs: Pair[]
  /** Who was left out, by the code of the reason. */
  leftOut: Map<string, LeftOut>
}

/** This will add `tariff diff A B --usage FILE... | --book` to the group. */
export function diffCommand(group: Command): void {
  group
    .command('diff')
    .description('Price the same use under two tariffs or versions: who gains, who loses, what it brings')
    .argument('<before>', 'a tariff, or one version of it: tariff.yaml@2025-07-01')
    .argument('<after>', 'a tariff, or one version of it')
    .option('--usage <file...>', 'intervals as CSV or Green Button XML, a customer each')
    .option('--book', "every active agreement's last twelve months of bills")
    .option('--plan <code>', 'of the book only agreements that are on this plan')
    .option('--until <date>', 'the twelve months end here; by default today')
    .option('--client <code>', 'client, when there are several')
    .option('--time-zone <zone>', "IANA zone of the usage files; by default the tariff's, else UTC")
    .option('--json', 'write the result as JSON')
    .option('--csv', 'write a row a customer')
    .action(diff)
}

async function diff(before: string, after: string, options: DiffOptions, command: Command): Promise<void> {
  const sides: [Side, Side] = [await readSide(before), await readSide(after)]
  if (sides[0].currency !== sides[1].currency)
    throw new Refusal(
      'rule',
      'currencies_differ',
      `${sides[0].currency} and ${sides[1].currency} cannot be compared.`,
    )
  if ((options.usage === undefined) === (options.book !== true))
    throw new Refusal('malformed', 'setting_wrong', 'Say what to price: --usage FILE... or --book.')
  if (options.until !== undefined) assertDate(options.until)
  const { pairs, leftOut } = options.usage
    ? await compareFiles(options.usage, sides, options.timeZone)
    : await compareInstallation(command, sides, options)
  const found = winnersOf(pairs)
  const reasons = [...leftOut].map(([code, one]) => ({ code, ...one }))
  if (options.json) {
    const [a, b] = sides.map(({ name }) => name)
    process.stdout.write(
      `${JSON.stringify({ before: a, after: b, ...found, leftOut: reasons }, undefined, 2)}\n`,
    )
  } else if (options.csv) process.stdout.write(pairsCsv(pairs))
  else process.stdout.write(`${sides[0].name} to ${sides[1].name}\n${winnersText(found, sides[0].currency)}`)
  if (options.json) return
  for (const { count, example, reason } of reasons)
    process.stderr.write(`note: ${count} left out, such as ${example}: ${reason}\n`)
}

async function compareInstallation(
  command: Command,
  sides: readonly [Side, Side],
  { client, plan, until, json = false }: DiffOptions,
): Promise<Compared> {
  return await withInstallation(command, async ({ database, clock }) => {
    const { clientId, timeZone } = await findClient(database.read, client)
    const tariffId = plan === undefined ? undefined : await planNumber(database.read, clientId, plan)
    const day = until ?? localDateAt(clock(), timeZone)
    const began = performance.now()
    const elapsedMs = () => performance.now() - began
    let bar: Progress | undefined
    const compiled = async (side: Side) => ({
      ...side,
      versions: await compiledFor(database.read, clientId, [side.document]),
    })
    const compared = await compareBook(
      billedBook(database.read, { clientId, until: day }),
      [await compiled(sides[0]), await compiled(sides[1])],
      (done, total) => {
        bar ??= openProgress({ label: 'Pricing', total, unit: 'customers', json, elapsedMs })
        bar.update(done)
      },
      ({ agreement }) =>
        tariffId === undefined ||
        agreement.plans.some(
          (one) => one.tariffId === tariffId && (one.endDate === null || one.endDate >= day),
        ),
    )
    bar?.finish()
    return compared
  })
}

async function planNumber(tx: Tx, clientId: number, code: string): Promise<number> {
  const tariffs = await getTariffs(tx, clientId)
  const found = tariffs.find((one) => one.code === code)
  if (found) return found.tariffId
  const known = tariffs.map((one) => one.code).join(', ')
  throw new Refusal('not_found', 'tariff_unknown', `There is no plan "${code}"; there are ${known}.`)
}

/** This will read `FILE` or `FILE@DATE`: the whole tariff, or the version that begins on that day, alone. */
export async function readSide(text: string): Promise<Side> {
  const [, file = text, date] = /^(.*)@(\d{4}-\d{2}-\d{2})$/.exec(text) ?? []
  const { tariff } = await readTariffFile(file)
  const chosen = tariff.versions.filter(({ effectiveFrom }) => date === undefined || effectiveFrom === date)
  if (chosen.length === 0)
    throw new Refusal(
      'not_found',
      'tariff_version_unknown',
      `${file} has no version from ${date}; there are ${tariff.versions.map((one) => one.effectiveFrom).join(', ')}.`,
    )
  const { code, currency, serviceType, timeZone } = tariff
  const document = { ...tariff, versions: chosen }
  const versions = chosen.map((version) => compileTariff(tariff, version))
  const name = date === undefined ? code : `${code}@${date}`
  return { name, currency, serviceType, timeZone, document, versions }
}

async function compareFiles(
  files: readonly string[],
  sides: readonly [Side, Side],
  zone: string | undefined,
): Promise<Compared> {
  const compared: Compared = { pairs: [], leftOut: new Map() }
  const timeZone = zone ?? sides[0].timeZone ?? sides[1].timeZone ?? 'UTC'
  for (const file of files) {
    const { channels } = await channelsOf(await readTextFile(file), timeZone)
    const [from, to] = wholeDays(channels, timeZone, {})
    addPair(compared, basename(file), sides, ({ versions }) =>
      sumCents(billsOf(versions, channels, timeZone, from, to).map(({ charge }) => charge.amountCents)),
    )
  }
  return compared
}

/** This will price a book under both sides; what cannot be priced under one is left out of both, with its reason. */
export async function compareBook(
  book: AsyncIterable<{ years: BilledYear[]; done: number; total: number }>,
  sides: readonly [PricingSide, PricingSide],
  onProgress: (done: number, total: number) => void,
  counts: (year: BilledYear) => boolean = () => true,
): Promise<Compared> {
  const compared: Compared = { pairs: [], leftOut: new Map() }
  for await (const { years, done, total } of book) {
    for (const year of years) {
      if (year.agreement.serviceKind !== sides[0].serviceType || !counts(year)) continue
      const name = formatAccountId(year.agreement)
      addPair(compared, name, sides, ({ versions }) => priceYear(year, versions).amountCents)
    }
    onProgress(done, total)
  }
  return compared
}

function addPair(
  { pairs, leftOut }: Compared,
  name: string,
  [before, after]: readonly [PricingSide, PricingSide],
  price: (side: PricingSide) => number,
): void {
  try {
    pairs.push({ name, beforeCents: price(before), afterCents: price(after) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const known = leftOut.get(error.code) ?? { count: 0, example: name, reason: error.message }
    leftOut.set(error.code, { ...known, count: known.count + 1 })
  }
}
