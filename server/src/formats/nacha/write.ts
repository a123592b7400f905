import { alpha, BLOCK, numeric, RECORD, shortDate } from './fields.ts'
import type { NachaAddenda, NachaBatch, NachaEntry, NachaFile } from './nacha-file.ts'
import { type NachaTotals, totalsOf, totalsOfFile } from './totals.ts'

/** This will write a file with its controls and the filling of its last block. */
export function writeNacha(file: NachaFile): string {
  const records = [headerRecord(file), ...file.batches.flatMap(batchRecords)]
  const blocks = Math.ceil((records.length + 1) / BLOCK)
  records.push(
    `9${numeric(file.batches.length, 6)}${numeric(blocks, 6)}${numeric(totalsOfFile(file.batches).count, 8)}${sums(totalsOfFile(file.batches))}${' '.repeat(39)}`,
  )
  while (records.length % BLOCK !== 0) records.push('9'.repeat(RECORD))
  return `${records.join('\n')}\n`
}

function headerRecord(file: NachaFile): string {
  return [
    '101',
    file.destination.padStart(10),
    file.origin.padStart(10),
    shortDate(file.createdOn),
    alpha(file.createdAt, 4),
    alpha(file.idModifier, 1),
    '094101',
    alpha(file.destinationName, 23),
    alpha(file.originName, 23),
    alpha(file.referenceCode, 8),
  ].join('')
}

function batchRecords(batch: NachaBatch): string[] {
  const head = [
    `5${numeric(batch.serviceClass, 3)}`,
    alpha(batch.companyName, 16),
    alpha('', 20),
    alpha(batch.companyId, 10),
    alpha(batch.entryClass, 3),
    alpha(batch.description, 10),
    alpha(batch.descriptiveDate, 6),
    shortDate(batch.effectiveDate),
    alpha(batch.settlementDay, 3),
    alpha(batch.originatorStatus, 1),
    alpha(batch.originatingBank, 8),
    numeric(batch.batchNumber, 7),
  ].join('')
  const totals = totalsOf(batch.entries)
  const control = [
    `8${numeric(batch.serviceClass, 3)}${numeric(totals.count, 6)}${sums(totals)}`,
    alpha(batch.companyId, 10),
    alpha('', 25),
    alpha(batch.originatingBank, 8),
    numeric(batch.batchNumber, 7),
  ].join('')
  return [head, ...batch.entries.flatMap(entryRecords), control]
}

function entryRecords(entry: NachaEntry): string[] {
  const own = [
    `6${entry.transactionCode}`,
    numeric(entry.routingNumber, 9),
    alpha(entry.accountNumber, 17),
    numeric(entry.amountCents, 10),
    alpha(entry.individualId, 15),
    alpha(entry.individualName, 22),
    alpha(entry.discretionary, 2),
    entry.addenda.length > 0 ? '1' : '0',
    numeric(entry.traceNumber, 15),
  ].join('')
  return [own, ...entry.addenda.map(addendaRecord)]
}

function addendaRecord(addenda: NachaAddenda): string {
  if (addenda.kind === 'other') return alpha(addenda.text, RECORD)
  const [code, note] =
    addenda.kind === 'return'
      ? [`799${alpha(addenda.returnCode, 3)}`, alpha(addenda.information, 44)]
      : [`798${alpha(addenda.changeCode, 3)}`, alpha(addenda.correctedData, 29).padEnd(44)]
  const died = addenda.kind === 'return' ? addenda.dateOfDeath : ''
  const trace = numeric(addenda.originalTrace, 15)
  return `${code}${trace}${alpha(died, 6)}${alpha(addenda.originalBank, 8)}${note}${numeric(addenda.traceNumber, 15)}`
}

function sums({ hash, debitCents, creditCents }: NachaTotals): string {
  return numeric(hash, 10) + numeric(debitCents, 12) + numeric(creditCents, 12)
}
