import { Refusal } from '../../platform/errors.ts'
import { decimalToCents } from '../../platform/money.ts'
import { cellsOf, delimiterOf } from '../csv/cells.ts'
import type { LockboxFile, LockboxMapping, LockboxRow } from './lockbox-file.ts'

/**
 * This will read a lockbox file in our layout: lines that begin with `H` (sender, file number, date, currency), `P`
 * (account, amount, payment date, method, reference, currency), `B` after each batch (its number, payments, total) and `T`
 * at the end (batches, payments, total). Amounts stay text. Refuses: another layout, counts or totals that differ, a file
 * that was cut off. A total that an unreadable amount keeps from being summed is not checked.
 */
export function readLockbox(content: string): LockboxFile {
  const lines = linesOf(content)
  const [first] = lines
  if (first?.cells[0] !== 'H')
    throw malformed(
      first?.lineNumber ?? 1,
      'a lockbox file begins with a line H,sender,file number,date,currency; name the columns of any other file',
    )
  const [, sender = '', senderFileId = '', , currency = 'USD'] = first.cells
  if (sender === '' || senderFileId === '') throw malformed(1, 'the sender and its file number are missing')
  const rows: LockboxRow[] = []
  let batchStart = 0
  let batches = 0
  let ended = false
  for (const { lineNumber, cells } of lines.slice(1)) {
    if (ended) throw malformed(lineNumber, 'something follows the line T that ends the file')
    const [kind, ...rest] = cells
    if (kind === 'P') rows.push(rowOf(lineNumber, rest, currency))
    else if (kind === 'B') {
      checkTotals(`Batch ${rest[0]}`, rows.slice(batchStart), rest[1], rest[2])
      batchStart = rows.length
      batches++
    } else if (kind === 'T') {
      if (batchStart !== rows.length) throw malformed(lineNumber, 'the last batch has no line B')
      if (rest[0] !== String(batches)) throw totalsDiffer('The file', `${batches} batches`, `${rest[0]}`)
      checkTotals('The file', rows, rest[1], rest[2])
      ended = true
    } else throw malformed(lineNumber, `it begins with "${kind}", not with P, B or T`)
  }
  if (!ended) throw malformed(lines.length, 'the file ends without its line T: it was cut off')
  return { sender, senderFileId, rows }
}

/** This will read a CSV with a header line by a mapping of its columns. Refuses: a column that the file does not have. */
export function readMappedLockbox(
  content: string,
  mapping: LockboxMapping,
  { sender, senderFileId, currency = 'USD' }: { sender: string; senderFileId: string; currency?: string },
): LockboxFile {
  const text = content.split(/\r?\n/)
  const delimiter = delimiterOf(text.slice(0, 20))
  const [header, ...lines] = linesOf(content, delimiter)
  const columnOf = (name: string | undefined) => {
    if (name === undefined) return undefined
    const at = header?.cells.findIndex((cell) => cell.toLowerCase() === name.toLowerCase()) ?? -1
    if (at < 0)
      throw malformed(
        1,
        `it has no column "${name}"; it has ${header?.cells.join(', ') || 'none'}`,
        'lockbox_column_missing',
      )
    return at
  }
  const at = {
    account: columnOf(mapping.account),
    amount: columnOf(mapping.amount),
    paymentDate: columnOf(mapping.paymentDate),
    reference: columnOf(mapping.reference),
    method: columnOf(mapping.method),
    currency: columnOf(mapping.currency),
  }
  const rows = lines.map(({ lineNumber, cells }): LockboxRow => {
    const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''))
    return {
      lineNumber,
      account: cell(at.account),
      amount: cell(at.amount),
      currency: cell(at.currency) || currency,
      paymentDate: cell(at.paymentDate),
      method: cell(at.method),
      reference: cell(at.reference),
    }
  })
  return { sender, senderFileId, rows }
}

interface Line {
  lineNumber: number
  cells: string[]
}

function linesOf(content: string, delimiter = ','): Line[] {
  return content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      const cells = cellsOf(line, delimiter)
      if (!cells) throw malformed(index + 1, 'a quote is not closed')
      return [{ lineNumber: index + 1, cells }]
    })
}

function rowOf(lineNumber: number, cells: readonly string[], fileCurrency: string): LockboxRow {
  const [account = '', amount = '', paymentDate = '', method = '', reference = '', currency = ''] = cells
  return { lineNumber, account, amount, currency: currency || fileCurrency, paymentDate, method, reference }
}

function checkTotals(
  what: string,
  rows: readonly LockboxRow[],
  count: string | undefined,
  total: string | undefined,
): void {
  if (count !== String(rows.length)) throw totalsDiffer(what, `${rows.length} payments`, `${count}`)
  const amounts = rows.map((row) => decimalToCents(row.amount))
  const told = decimalToCents(total ?? '')
  if (told === undefined) throw totalsDiffer(what, 'a total', `"${total}"`)
  if (amounts.includes(undefined)) return
  const sum = amounts.reduce<number>((so, amount) => so + (amount ?? 0), 0)
  if (sum !== told) throw totalsDiffer(what, `payments of ${sum} cents`, `${told} cents`)
}

function totalsDiffer(what: string, found: string, told: string): Refusal {
  return new Refusal(
    'rule',
    'file_totals_differ',
    `${what} has ${found}, its totals say ${told}; nothing was taken: ask its sender for the whole file.`,
  )
}

function malformed(lineNumber: number, why: string, code = 'lockbox_malformed'): Refusal {
  return new Refusal('malformed', code, `The lockbox file cannot be read: line ${lineNumber}: ${why}.`, [
    { pointer: `line ${lineNumber}`, message: why },
  ])
}
