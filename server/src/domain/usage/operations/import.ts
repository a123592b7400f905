import { createHash } from 'node:crypto'
import type { CsvOptions } from '../../../formats/csv/index.ts'
import type { Database } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import type { Instant } from '../../../platform/time.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { readCsvUsage } from '../import/csv.ts'
import type { FileSeries, UsageFile } from '../import/file-series.ts'
import { readGreenButtonUsage } from '../import/green-button.ts'
import { type Place, type Told, toldPlaces } from '../import/place.ts'
import { type Plan, type Planned, planImport, refusedSeries } from '../import/plan.ts'
import { type WriteContext, writeIntervals, writeReads } from '../import/write.ts'
import { writePeriods } from '../import/write-periods.ts'
import type { ImportedSeries, ImportReport } from '../import-report.ts'
import { insertImport, selectImportsOfFile } from '../store/import.ts'

export interface ImportInput extends Told {
  clientId: number
  fileName: string
  /** Opens the content from its beginning; it is read twice. */
  open: () => AsyncIterable<Uint8Array>
  /** What a CSV cannot say itself. The zone defaults to that of the named service point, then of the client. */
  csv?: CsvOptions
  now: Instant
  actor: Actor
  onProgress?: (progress: { done: number; total: number }) => void
}

/**
 * This will take a usage file (Green Button XML or interval CSV) into the database. The whole file is read and each of
 * its series placed or refused with a reason before the first value is written; then whole days are written in bounded
 * transactions, so that an import that was killed is finished by running it again. A file that was imported in full
 * before changes nothing. Refuses what the readers refuse, a file without readings, an unknown service point or meter, and a file of several
 * meters for one named place.
 */
export async function importUsage(db: Database, input: ImportInput): Promise<ImportReport> {
  const { sha256, head } = await fingerprint(input.open())
  const format = isXml(head) ? 'greenbutton' : 'csv'
  const target = JSON.stringify([input.servicePointId ?? null, input.meterBadge ?? null, input.csv ?? null])
  const before = (await selectImportsOfFile(db.read, input.clientId, sha256)).find(
    (report) => report.refused === 0 && report.target === target,
  )
  if (before) return importedBefore(before, input.fileName)
  const places = await toldPlaces(db.read, input.clientId, input)
  const zone =
    input.csv?.timeZone ?? places?.[0]?.point.timeZone ?? (await getClient(db.read, input.clientId)).timeZone
  const file =
    format === 'greenbutton'
      ? await readGreenButtonUsage(input.open())
      : await readCsvUsage(input.open(), { ...input.csv, timeZone: zone })
  if (file.series.length === 0)
    throw new Refusal(
      'rule',
      'usage_file_empty',
      'The file holds no readings; choose one with interval blocks.',
    )
  refuseSeveralForOne(file.series, places)
  const assumedZone = format === 'csv' && input.csv?.timeZone === undefined ? zone : undefined
  const plan = await planImport(db.read, file.series, { clientId: input.clientId, places, assumedZone })
  const series = [...(await writePlan(db, plan, input, sha256)), ...plan.refused]
  const report = summarize({ fileName: input.fileName, format, target, before: false }, series, file, plan)
  if (report.taken + report.same + report.corrected > 0) await recordImport(db, input, sha256, report)
  return report
}

async function fingerprint(content: AsyncIterable<Uint8Array>): Promise<{ sha256: Buffer; head: string }> {
  const hash = createHash('sha256')
  let head = ''
  for await (const piece of content) {
    hash.update(piece)
    if (head.length < 1_000) head += Buffer.from(piece.subarray(0, 1_000)).toString('latin1')
  }
  return { sha256: hash.digest(), head }
}

/** XML begins with `<`, after a byte order mark and white space. */
function isXml(head: string): boolean {
  return /^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)?[\s\0]*</.test(head)
}

function importedBefore(report: ImportReport, fileName: string): ImportReport {
  const all = ({ taken, same, corrected }: { taken: number; same: number; corrected: number }) => ({
    taken: 0,
    same: taken + same + corrected,
    corrected: 0,
  })
  const series = report.series.map((one) => ({ ...one, ...all(one) }))
  return { ...report, ...all(report), series, fileName, before: true }
}

function refuseSeveralForOne(series: readonly FileSeries[], places: readonly Place[] | undefined): void {
  if (!places) return
  const meters = new Set(series.map((one) => one.identifiers[0] ?? ''))
  if (meters.size > 1)
    throw new Refusal(
      'conflict',
      'file_of_several_meters',
      `The file has values of ${meters.size} meters; leave out the service point, so that each finds its own by its number.`,
    )
}

async function writePlan(
  db: Database,
  { planned }: Plan,
  input: ImportInput,
  sha256: Buffer,
): Promise<ImportedSeries[]> {
  const total = planned.reduce((sum, one) => sum + one.to - one.from, 0)
  let done = 0
  const context: WriteContext = {
    source: `import:${sha256.toString('hex').slice(0, 16)}`,
    now: input.now,
    onWritten: (count) => {
      done += count
      input.onProgress?.({ done, total })
    },
  }
  const reports: ImportedSeries[] = []
  for (const one of planned) reports.push(await writeOne(db, one, context))
  return reports
}

async function writeOne(db: Database, planned: Planned, context: WriteContext): Promise<ImportedSeries> {
  const write = { interval: writeIntervals, register: writeReads, period: writePeriods }[planned.kind]
  try {
    return await write(db, planned, context)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refusedSeries(planned.series, planned.to - planned.from, error.code, error.message)
  }
}

function summarize(
  head: Pick<ImportReport, 'fileName' | 'format' | 'target' | 'before'>,
  series: ImportedSeries[],
  file: UsageFile,
  plan: Plan,
): ImportReport {
  const sum = (count: 'taken' | 'same' | 'corrected' | 'refused') =>
    series.reduce((total, one) => total + one[count], 0)
  const rounded = plan.planned
    .filter((one) => one.converter.rounded > 0)
    .map((one) => ({
      pointer: one.series.name,
      code: 'rounded',
      message: `${one.converter.rounded} values have more than ${one.converter.scale} decimals of a ${one.converter.unit} and were rounded`,
    }))
  return {
    ...head,
    taken: sum('taken'),
    same: sum('same'),
    corrected: sum('corrected'),
    refused: sum('refused'),
    series,
    faults: [...file.faults, ...rounded],
  }
}

async function recordImport(
  db: Database,
  input: ImportInput,
  sha256: Buffer,
  report: ImportReport,
): Promise<void> {
  const { clientId, now, actor } = input
  await db.transaction(async (tx) => {
    await insertImport(tx, { clientId, sha256, at: now, actor: actor.actor, report })
    const { taken, same, corrected, refused } = report
    await audit(tx, {
      clientId,
      at: now,
      actor,
      operation: 'importUsage',
      subject: `file:${sha256.toString('hex')}`,
      detail: { fileName: report.fileName, taken, same, corrected, refused },
    })
  })
}
