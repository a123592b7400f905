import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { billDocument, formatBillId, markRoutings, takePaper } from '../../domain/billing/index.ts'
import { customerNumber } from '../../domain/customers/index.ts'
import { letterDocument, noticeSent, takeLetters } from '../../domain/notices/index.ts'
import { csvLine } from '../../formats/csv/index.ts'
import type { Renderer } from '../../formats/pdf/index.ts'
import type { Database, Tx } from '../../platform/db/index.ts'
import type { Clock } from '../../platform/time.ts'

export interface PrintContext {
  database: Database
  clock: Clock
  renderer: Renderer
}

export interface Printed {
  bills: number
  letters: number
}

interface Sheet {
  file: string
  kind: 'bill' | 'letter'
  name: string
  copies: number
}

/** What is rendered and marked together; a killed run prints at most so many again, under the same names. */
const BATCH = 25
const INDEX = 'index.csv'

/**
 * This will print a client's bills and letters that wait into a folder: a PDF each, and `index.csv` that says how many
 * copies of which go out. What is printed counts as sent once its file is there.
 */
export async function printWaiting(
  context: PrintContext,
  input: { clientId: number; folder: string; onProgress?: (done: number) => void },
): Promise<Printed> {
  const printed: Printed = { bills: 0, letters: 0 }
  for (const [what, printBatch] of [
    ['bills', printBills],
    ['letters', printLetters],
  ] as const) {
    for (;;) {
      const sheets = await context.database.transaction((tx) => printBatch(tx, context, input))
      printed[what] += sheets
      input.onProgress?.(printed.bills + printed.letters)
      if (sheets < BATCH) break
    }
  }
  return printed
}

interface Batch {
  clientId: number
  folder: string
}

async function printBills(
  tx: Tx,
  { clock, renderer }: PrintContext,
  { clientId, folder }: Batch,
): Promise<number> {
  const copies = await takePaper(tx, { clientId, limit: BATCH })
  const documents = []
  for (const copy of copies) documents.push(await billDocument(tx, copy))
  const pdfs = await Promise.all(documents.map((document) => renderer.render(document)))
  const sheets = copies.map((copy): Sheet => {
    const file = `bill-${formatBillId(copy)}-${copy.routingNumber}.pdf`
    return { file, kind: 'bill', name: oneLine(copy.name), copies: copy.copies }
  })
  writeSheets(folder, sheets, pdfs)
  await markRoutings(tx, copies, 'sent', clock())
  return copies.length
}

async function printLetters(
  tx: Tx,
  { clock, renderer }: PrintContext,
  { clientId, folder }: Batch,
): Promise<number> {
  const notices = await takeLetters(tx, { clientId, limit: BATCH })
  const documents = []
  for (const notice of notices) documents.push(await letterDocument(tx, notice))
  const pdfs = await Promise.all(documents.map((document) => renderer.renderLetter(document)))
  const sheets = notices.map((notice): Sheet => {
    const customer = String(customerNumber(notice.customerId)).padStart(8, '0')
    const file = `letter-${customer}-${notice.noticeNumber}.pdf`
    return { file, kind: 'letter', name: oneLine(notice.name), copies: 1 }
  })
  writeSheets(folder, sheets, pdfs)
  for (const notice of notices) await noticeSent(tx, notice, clock())
  return notices.length
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Files first, then the index that names them; printing a sheet again replaces both. */
function writeSheets(folder: string, sheets: readonly Sheet[], pdfs: readonly Uint8Array[]): void {
  if (sheets.length === 0) return
  for (const [index, sheet] of sheets.entries()) writeWhole(join(folder, sheet.file), pdfs[index] ?? '')
  const names = new Set(sheets.map(({ file }) => file))
  const [header = csvLine(['file', 'kind', 'name', 'copies']), ...kept] = readLines(join(folder, INDEX))
  const others = kept.filter((line) => !names.has(line.slice(0, line.indexOf(','))))
  const added = sheets.map(({ file, kind, name, copies }) => csvLine([file, kind, name, String(copies)]))
  writeWhole(
    join(folder, INDEX),
    `${[header, ...others, ...added].map((line) => line.trimEnd()).join('\n')}\n`,
  )
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}

/** Whole under its name, or not there. */
function writeWhole(file: string, content: Uint8Array | string): void {
  writeFileSync(`${file}.part`, content)
  renameSync(`${file}.part`, file)
}
