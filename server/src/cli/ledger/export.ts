import { type FileHandle, open, rm } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { type ExportBatch, exportFile, exportJournal, findExport } from '../../domain/ledger/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { centsToDecimal } from '../../platform/money.ts'
import { type LocalDate, localDateAt } from '../../platform/time.ts'
import { cliActor } from '../actor.ts'
import { readDay } from '../day.ts'
import { type Books, type LedgerOptions, onBooks, tell } from './books.ts'

interface ExportOptions extends LedgerOptions {
  through?: LocalDate
  detail?: boolean
  batch?: number
}

/** This will add `ledger export FILE`. */
export function exportCommand(ledger: Command): void {
  onBooks<ExportOptions, [file: string]>(
    ledger
      .command('export')
      .description(
        'Write what was posted since the last export as a numbered batch, or an earlier batch again',
      )
      .argument('<file>', 'the CSV file to make; one that exists is not touched')
      .option('--through <date>', 'up to and with this accounting day (today)', readDay)
      .option('--detail', 'every posting instead of the sums by account, day and side')
      .option('--batch <n>', 'write this batch again instead of making one', readNumber),
    exportTo,
  )
}

/** The file is made first, so that no batch is made for one that cannot be. */
async function exportTo(books: Books, options: ExportOptions, file: string): Promise<void> {
  const target = await create(file)
  let batch: ExportBatch | undefined
  try {
    batch = await chosenBatch(books, options)
    const { batchNumber } = batch ?? {}
    if (batchNumber !== undefined) {
      const wish = { clientId: books.client.clientId, batchNumber, detail: options.detail ?? false }
      await writeBatch(target, exportFile(books.database.read, wish))
    }
  } finally {
    await target.close()
    if (!batch) await rm(file)
  }
  if (batch) tell(options, { file, ...batch, createdAt: batch.createdAt.toString() }, batchText)
  else tell(options, { batchNumber: null, entries: 0 }, () => 'Nothing was posted since the last export.\n')
}

async function chosenBatch({ database, clock, client }: Books, options: ExportOptions) {
  const { clientId, timeZone } = client
  if (options.batch !== undefined) return await findExport(database.read, clientId, options.batch)
  const now = clock()
  const through = options.through ?? localDateAt(now, timeZone)
  return await database.transaction((tx) => exportJournal(tx, { clientId, through, now, actor: cliActor() }))
}

async function writeBatch(target: FileHandle, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) await target.write(piece)
  await target.sync()
}

async function create(file: string): Promise<FileHandle> {
  return await open(file, 'wx').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EEXIST' ? 'it exists already' : error.message
    const message = `Cannot write ${file}: ${reason}. Name a file that can be made.`
    throw new Refusal('conflict', 'file_unwritable', message)
  })
}

type Written = Pick<ExportBatch, 'batchNumber' | 'entries' | 'amountCents'> & { file: string }

function batchText({ file, batchNumber, entries, amountCents }: Written): string {
  const amount = centsToDecimal(amountCents)
  return `${file}: batch ${batchNumber}, ${entries} entries, debits and credits ${amount} each.\n`
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('the number of a batch')
}
