import { z } from 'zod'
import { Refusal } from '../../errors.ts'

/** Counts up when an older program could not read what a newer one writes. */
export const FORMAT = 1

const Name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const Table = z.object({
  name: Name,
  columns: z.array(Name).min(1),
  /** Of a table that is partitioned by days: from the first day to before the second. */
  partitions: z.array(z.object({ name: Name, from: Day, to: Day })),
  rows: z.int().nonnegative(),
  /** Of the rows as COPY text, in the order of the primary key: the same rows have the same digest anywhere. */
  sha256: Sha256,
})

const Manifest = z.object({
  format: z.literal(FORMAT),
  program: z.string(),
  createdAt: z.string(),
  migrations: z.array(z.object({ number: z.int(), name: z.string(), checksum: Sha256 })).min(1),
  tables: z.array(Table),
  sequences: z.array(z.object({ name: Name, lastValue: z.string().regex(/^\d+$/), isCalled: z.boolean() })),
})

export type BackedUpTable = z.infer<typeof Table>
/** What an archive says of itself. */
export type Manifest = z.infer<typeof Manifest>

/** This will read the manifest of an archive whose bytes are as written. Refuses what a newer program wrote. */
export function readManifest(text: string): Manifest {
  const value = JSON.parse(text) as { format?: unknown; program?: unknown }
  if (typeof value.format === 'number' && value.format > FORMAT)
    throw newerArchive(`format ${value.format}, this program reads ${FORMAT}`)
  return Manifest.parse(value)
}

/** The refusal of what only a later release can restore. */
export function newerArchive(reason: string): Refusal {
  return new Refusal(
    'conflict',
    'backup_newer',
    `The backup was made by a newer program (${reason}); restore it with a program of at least that release.`,
  )
}
