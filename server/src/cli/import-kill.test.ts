import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { makeClient, makeServicePoint } from '../../test/support/place.ts'
import type { Database } from '../platform/db/index.ts'
import { Temporal } from '../platform/time.ts'

const { db, owner, connectionString } = await testDatabase()
await makeClient(owner)
const folder = mkdtempSync(join(tmpdir(), 'billwright import '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const entry = fileURLToPath(new URL('./index.ts', import.meta.url))

/** Three years of quarter hours: two transactions, of a thousand days and the rest. */
const DAYS = 1_096
const file = join(folder, 'three years.csv')
const start = Temporal.Instant.from('2022-01-01T06:00:00Z').epochMilliseconds
const rows = Array.from(
  { length: DAYS * 96 },
  (_, index) =>
    `${Temporal.Instant.fromEpochMilliseconds(start + index * 900_000)},${(index * 7_919) % 1_000}`,
)
writeFileSync(file, `start,Wh\n${rows.join('\n')}\n`)

interface Outcome {
  signal: NodeJS.Signals | null
  reports: { taken: number; same: number; corrected: number; refused: number }[]
}

/** Imports the file in a process of its own, killed after some time or as soon as it says that so many values are in. */
function importFile(
  servicePointId: number,
  killAt?: { milliseconds?: number; values?: number },
): Promise<Outcome> {
  const options = ['--database-url', connectionString, '--service-point', String(servicePointId), '--json']
  const child = spawn(process.execPath, [entry, 'import', 'usage', file, ...options])
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const done = Number(/"done":(\d+)/.exec(text)?.[1] ?? 0)
    if (killAt?.values !== undefined && done >= killAt.values) child.kill('SIGKILL')
  })
  if (killAt?.milliseconds !== undefined) setTimeout(() => child.kill('SIGKILL'), killAt.milliseconds)
  return new Promise((resolve) =>
    child.on('close', (_, signal) =>
      resolve({ signal, reports: signal === null ? JSON.parse(output || '[]') : [] }),
    ),
  )
}

async function blocksOf({ read }: Database, servicePointId: number) {
  return await read
    .selectFrom('interval_block')
    .select(['series_number', 'local_day', 'version', 'total', 'encoded', 'quality', 'superseded_at'])
    .where('service_point_id', '=', servicePointId)
    .orderBy('local_day')
    .execute()
}

test('an import that was killed, run again, leaves what one that was not killed leaves', async () => {
  const whole = await makeServicePoint(db)
  const began = performance.now()
  const [report] = (await importFile(whole)).reports
  const milliseconds = performance.now() - began
  expect(report).toMatchObject({ taken: DAYS * 96, same: 0, corrected: 0, refused: 0 })
  const expected = await blocksOf(db, whole)
  expect(expected.length).toBe(DAYS)
  const signals: (NodeJS.Signals | null)[] = []
  for (const killAt of [{ milliseconds: milliseconds * 0.6 }, { values: 90_000 }]) {
    const point = await makeServicePoint(db)
    signals.push((await importFile(point, killAt)).signal)
    const before = await blocksOf(db, point)
    expect(before).toEqual(expected.slice(0, before.length))
    const [again] = (await importFile(point)).reports
    expect(again).toMatchObject({ corrected: 0, refused: 0 })
    expect((again?.taken ?? 0) + (again?.same ?? 0)).toBe(DAYS * 96)
    expect(await blocksOf(db, point)).toEqual(expected)
  }
  expect(signals).toContain('SIGKILL')
}, 90_000)
