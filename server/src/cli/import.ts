import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Actor, audit, findClient, listCompanies } from '../domain/identity/index.ts'
import { saveTariff } from '../domain/tariffs/index.ts'
import { type ImportInput, type ImportReport, importUsage } from '../domain/usage/index.ts'
import type { CsvOptions } from '../formats/csv/index.ts'
import { Refusal } from '../platform/errors.ts'
import { type Installation, withInstallation } from './installation.ts'
import { openProgress } from './progress.ts'
import { readTariffFile } from './tariff-file.ts'

interface UsageOptions {
  client?: string
  servicePoint?: number
  meter?: string
  timeZone?: string
  unit?: NonNullable<CsvOptions['unit']>
  flow?: NonNullable<CsvOptions['flow']>
  stamp?: 'start' | 'end'
  dateOrder?: 'mdy' | 'dmy'
  start?: string
  intervalMinutes?: number
  json?: boolean
}

interface TariffOptions {
  client?: string
  company?: number
  json?: boolean
}

/** This will add `import usage FILE...` and `import tariff FILE` to the program. */
export function importCommands(program: Command): void {
  const group = program
    .command('import')
    .description('Take files into the database; a file twice changes nothing')
  group
    .command('usage')
    .description('Take meter data: Green Button XML or interval CSV')
    .argument('<file...>', 'files of intervals or dial readings')
    .option('--client <code>', 'the client, when there are several')
    .option('--service-point <id>', 'where the file was measured, when it does not say', wholeNumber)
    .option('--meter <badge>', 'the meter that measured it, when the file does not say')
    .option('--time-zone <zone>', 'IANA zone of stamps without offset')
    .addOption(oneOf('--unit <unit>', 'of a CSV that names none', ['kWh', 'Wh', 'MWh', 'kW', 'W', 'MW']))
    .addOption(oneOf('--flow <flow>', 'of a CSV that names none', ['delivered', 'received', 'net']))
    .addOption(oneOf('--stamp <edge>', 'what the stamps of a CSV mark', ['start', 'end']))
    .addOption(oneOf('--date-order <order>', 'of dates written with slashes', ['mdy', 'dmy']))
    .option('--start <stamp>', 'start of the first interval of a CSV without stamps')
    .option('--interval-minutes <minutes>', 'interval of a CSV without stamps', wholeNumber)
    .option('--json', 'write the reports as JSON')
    .action((files: string[], options: UsageOptions, command: Command) =>
      withInstallation(command, (installation) => importFiles(installation, files, options)),
    )
  group
    .command('tariff')
    .description('Take a tariff: our own YAML or JSON, or a URDB rate')
    .argument('<file>')
    .option('--client <code>', 'the client, when there are several')
    .option('--company <id>', 'the company that sells it, when the client has several', wholeNumber)
    .option('--json', 'write the result as JSON')
    .action((file: string, options: TariffOptions, command: Command) =>
      withInstallation(command, (installation) => importTariff(installation, file, options)),
    )
}

function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices)
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number.')
}

const actor: Actor = { actor: `cli:${userInfo().username}`, door: 'cli' }

async function importFiles(
  { database, clock }: Installation,
  files: readonly string[],
  options: UsageOptions,
): Promise<void> {
  const { clientId } = await findClient(database.read, options.client)
  const input = usageInput(options)
  const reports: ImportReport[] = []
  let failed = 0
  for (const file of files) {
    try {
      await requireFile(file)
      const report = await withProgress(file, options.json ?? false, (onProgress) =>
        importUsage(database, {
          ...input,
          clientId,
          fileName: basename(file),
          open: () => createReadStream(file),
          now: clock(),
          actor,
          onProgress,
        }),
      )
      reports.push(report)
      if (report.taken + report.same + report.corrected === 0) failed++
      if (!options.json) process.stdout.write(describeImport(report))
    } catch (error) {
      if (!(error instanceof Refusal) || files.length === 1) throw error
      failed++
      process.stderr.write(`${file}: ${error.message}\n`)
    }
  }
  if (options.json) process.stdout.write(`${JSON.stringify(reports, undefined, 2)}\n`)
  if (failed > 0) process.exitCode = 1
}

function usageInput(options: UsageOptions): Pick<ImportInput, 'servicePointId' | 'meterBadge' | 'csv'> {
  const { servicePoint, meter, timeZone, unit, flow, stamp, dateOrder, start, intervalMinutes } = options
  const csv = given({ timeZone, unit, flow, stamp, dateOrder, start, intervalMinutes })
  return {
    ...given({ servicePointId: servicePoint, meterBadge: meter }),
    ...(Object.keys(csv).length === 0 ? {} : { csv }),
  }
}

type Given<Options> = { [Name in keyof Options]?: NonNullable<Options[Name]> }

function given<Options extends object>(options: Options): Given<Options> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Given<Options>
}

async function requireFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile()) return
  const reason = found ? 'it is not a file' : 'there is no such file'
  throw new Refusal('not_found', 'file_unreadable', `Cannot read ${file}: ${reason}. Check the path.`)
}

/** Smaller files are done before a bar could be read. */
const SHOWN_FROM = 100_000

async function withProgress<Result>(
  file: string,
  json: boolean,
  act: (onProgress: NonNullable<ImportInput['onProgress']>) => Promise<Result>,
): Promise<Result> {
  let bar: ReturnType<typeof openProgress> | undefined
  const began = performance.now()
  const elapsedMs = () => performance.now() - began
  const result = await act(({ done, total }) => {
    if (total < SHOWN_FROM) return
    bar ??= openProgress({ label: basename(file), total, unit: 'values', json, elapsedMs })
    bar.update(done)
  })
  bar?.finish()
  return result
}

/** This will tell a report in lines: a summary, then each series that was not taken whole, then the file's faults. */
export function describeImport(report: ImportReport): string {
  const count = (number: number) => number.toLocaleString('en-US')
  const summary = report.before
    ? `${report.fileName}: imported before; ${count(report.same)} values are there, nothing changed`
    : `${report.fileName}: ${count(report.taken)} taken, ${count(report.same)} already there, ${count(report.corrected)} corrected, ${count(report.refused)} refused`
  const series = report.series.flatMap((one) => [
    ...(one.reason === undefined ? [] : [`  refused ${count(one.refused)} of ${one.name}: ${one.reason}`]),
    ...(one.missing === 0
      ? []
      : [`  ${one.name}: ${count(one.missing)} missing between the first and the last`]),
  ])
  const faults = report.faults.map((fault) => `  ${fault.pointer}: ${fault.message}`)
  return `${[summary, ...series, ...faults].join('\n')}\n`
}

async function importTariff(
  { database, clock }: Installation,
  file: string,
  options: TariffOptions,
): Promise<void> {
  const { tariff, notExpressed } = await readTariffFile(file)
  const { clientId } = await findClient(database.read, options.client)
  const companies = await listCompanies(database.read, clientId)
  const companyId = options.company ?? companies[0]?.companyId
  const company = companies.find((one) => one.companyId === companyId)
  if (!company || (options.company === undefined && companies.length > 1))
    throw new Refusal(
      'not_found',
      'company_unknown',
      `Say which company with --company: ${companies.map((one) => `${one.companyId} ${one.name}`).join(', ')}.`,
    )
  const now = clock()
  const saved = await database.transaction(async (tx) => {
    const result = await saveTariff(tx, { clientId, companyId: company.companyId, document: tariff, now })
    const subject = `tariff:${result.tariffId}`
    if (result.saved.length > 0)
      await audit(tx, { clientId, at: now, actor, operation: 'importTariff', subject, detail: { ...result } })
    return result
  })
  if (options.json) process.stdout.write(`${JSON.stringify({ code: tariff.code, ...saved, notExpressed })}\n`)
  else {
    process.stdout.write(
      `${tariff.code}: tariff ${saved.tariffId}, ${saved.saved.length} versions saved, ${saved.same.length} already there\n`,
    )
    for (const { field, reason } of notExpressed)
      process.stdout.write(`  ${field} is not in the tariff: ${reason}\n`)
  }
}
