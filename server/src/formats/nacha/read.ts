import { Refusal } from '../../platform/errors.ts'
import { BLOCK, nachaMalformed, RECORD, Record94 } from './fields.ts'
import type { NachaAddenda, NachaBatch, NachaEntry, NachaFile } from './nacha-file.ts'
import { type NachaTotals, totalsOf, totalsOfFile } from './totals.ts'

/**
 * This will read a file of 94-character records: header, batches of entries with addenda, controls. Refuses: a record of
 * another length, records out of order, counts, hashes or totals that differ from the controls, a file that was cut off.
 * Source: the ACH file layout of the NACHA Operating Rules (records 1, 5, 6, 7, 8, 9).
 */
export function readNacha(content: string): NachaFile {
  const records = recordsOf(content)
  const [head] = records
  if (head?.kind !== '1') throw nachaMalformed(1, 'a NACHA file begins with a record 1')
  const reader = new Reader(headerOf(head))
  for (const record of records.slice(1)) reader.take(record)
  return reader.end(records.length)
}

function recordsOf(content: string): Record94[] {
  const lines = content.replace(/(\r?\n)+$/, '').split(/\r?\n/)
  const records = lines.map((line, index) => {
    // Blanks at the end of a record get lost on the way; everything else makes it another file.
    const full = line.padEnd(RECORD)
    if (full.length !== RECORD)
      throw nachaMalformed(index + 1, `the record has ${line.length} characters, not ${RECORD}`)
    return new Record94(full, index + 1)
  })
  const last = records.findLastIndex((record) => record.text(1, RECORD) !== '9'.repeat(RECORD))
  return records.slice(0, last + 1)
}

function headerOf(record: Record94): NachaFile {
  return {
    destination: record.text(4, 13),
    origin: record.text(14, 23),
    createdOn: record.date(24, 29),
    createdAt: record.text(30, 33),
    idModifier: record.text(34, 34),
    destinationName: record.text(41, 63),
    originName: record.text(64, 86),
    referenceCode: record.text(87, 94),
    batches: [],
  }
}

/** Takes the records after the header one by one. */
class Reader {
  private readonly file: NachaFile
  private batch: NachaBatch | undefined
  private ended = false

  constructor(file: NachaFile) {
    this.file = file
  }

  take(record: Record94): void {
    if (this.ended)
      throw nachaMalformed(record.lineNumber, 'something follows the record 9 that ends the file')
    const { kind } = record
    if (kind === '5' && !this.batch) this.batch = batchOf(record)
    else if (kind === '6' && this.batch) this.batch.entries.push(entryOf(record))
    else if (kind === '7' && this.batch?.entries.length)
      this.batch.entries.at(-1)?.addenda.push(addendaOf(record))
    else if (kind === '8' && this.batch) this.endBatch(record, this.batch)
    else if (kind === '9' && !this.batch) this.endFile(record)
    else throw nachaMalformed(record.lineNumber, `a record ${kind} does not belong here`)
  }

  end(records: number): NachaFile {
    if (!this.ended) throw nachaMalformed(records, 'the file ends without its record 9: it was cut off')
    return this.file
  }

  private endBatch(record: Record94, batch: NachaBatch): void {
    const what = `Batch ${batch.batchNumber}`
    checkTotals(what, totalsOf(batch.entries), {
      count: record.number(5, 10),
      hash: record.number(11, 20),
      debitCents: record.number(21, 32),
      creditCents: record.number(33, 44),
    })
    if (record.number(88, 94) !== batch.batchNumber)
      throw nachaMalformed(
        record.lineNumber,
        `it ends batch ${record.text(88, 94)}, not ${batch.batchNumber}`,
      )
    this.file.batches.push(batch)
    this.batch = undefined
  }

  private endFile(record: Record94): void {
    const { batches } = this.file
    const blocks = Math.ceil(record.lineNumber / BLOCK)
    differs('The file', 'batches', batches.length, record.number(2, 7))
    differs('The file', 'blocks', blocks, record.number(8, 13))
    checkTotals('The file', totalsOfFile(batches), {
      count: record.number(14, 21),
      hash: record.number(22, 31),
      debitCents: record.number(32, 43),
      creditCents: record.number(44, 55),
    })
    this.ended = true
  }
}

function batchOf(record: Record94): NachaBatch {
  return {
    serviceClass: record.text(2, 4),
    companyName: record.text(5, 20),
    companyId: record.text(41, 50),
    entryClass: record.text(51, 53),
    description: record.text(54, 63),
    descriptiveDate: record.text(64, 69),
    effectiveDate: record.date(70, 75),
    settlementDay: record.text(76, 78),
    originatorStatus: record.text(79, 79),
    originatingBank: record.text(80, 87),
    batchNumber: record.number(88, 94),
    entries: [],
  }
}

function entryOf(record: Record94): NachaEntry {
  record.number(4, 12)
  return {
    lineNumber: record.lineNumber,
    transactionCode: String(record.number(2, 3)).padStart(2, '0'),
    routingNumber: record.text(4, 12),
    accountNumber: record.text(13, 29),
    amountCents: record.number(30, 39),
    individualId: record.text(40, 54),
    individualName: record.text(55, 76),
    discretionary: record.text(77, 78),
    traceNumber: record.text(80, 94),
    addenda: [],
  }
}

function addendaOf(record: Record94): NachaAddenda {
  const shared = { originalTrace: record.text(7, 21), traceNumber: record.text(80, 94) }
  const originalBank = record.text(28, 35)
  switch (record.text(2, 3)) {
    case '99':
      return {
        kind: 'return',
        returnCode: record.text(4, 6),
        dateOfDeath: record.text(22, 27),
        information: record.text(36, 79),
        originalBank,
        ...shared,
      }
    case '98':
      return {
        kind: 'change',
        changeCode: record.text(4, 6),
        correctedData: record.text(36, 64),
        originalBank,
        ...shared,
      }
    default:
      return { kind: 'other', text: record.text(1, RECORD) }
  }
}

function checkTotals(what: string, found: NachaTotals, told: NachaTotals): void {
  differs(what, 'entries and addenda', found.count, told.count)
  differs(what, 'entry hash', found.hash, told.hash)
  differs(what, 'cents drawn', found.debitCents, told.debitCents)
  differs(what, 'cents paid', found.creditCents, told.creditCents)
}

function differs(what: string, counted: string, found: number, told: number): void {
  if (found === told) return
  throw new Refusal(
    'rule',
    'file_totals_differ',
    `${what} has ${found} as ${counted}, its control says ${told}; nothing was taken: ask its sender for the whole file.`,
  )
}
