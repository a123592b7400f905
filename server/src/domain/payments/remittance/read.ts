import {
  type LockboxMapping,
  type LockboxRow,
  readLockbox,
  readMappedLockbox,
} from '../../../formats/lockbox/index.ts'
import { type NachaEntry, type NachaFile, readNacha } from '../../../formats/nacha/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { parseAmount } from '../../../platform/money.ts'
import { isLocalDate } from '../../../platform/time.ts'
import type { TenderMethod } from '../payment.ts'
import type { FileFormat, NewRemittanceRow } from './file.ts'

export interface ReadFile {
  sender: string
  senderFileId: string
  rows: NewRemittanceRow[]
}

export interface ReadOptions {
  format: FileFormat
  fileName: string
  /** Of a file with columns of its own. */
  mapping?: LockboxMapping
  sender?: string
  currency: string
}

/**
 * This will read a file of payments or returns into rows. A row that cannot be taken is rejected with its reason.
 * Refuses a file that cannot be read, or whose totals differ.
 */
export function readPaymentFile(content: Uint8Array, options: ReadOptions): ReadFile {
  const text = decoded(content)
  if (options.format === 'nacha') return fromNacha(readNacha(text), options.fileName)
  const { mapping, fileName, sender = '', currency } = options
  const known = { sender: sender || 'unnamed', senderFileId: fileName, currency }
  const file = mapping ? readMappedLockbox(text, mapping, known) : readLockbox(text)
  return { ...file, rows: file.rows.map((row, index) => fromLockbox(row, index + 1, currency)) }
}

function decoded(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    throw new Refusal('malformed', 'file_not_text', 'The file is not UTF-8 text; ask its sender for another.')
  }
}

const METHODS: Readonly<Record<string, TenderMethod>> = {
  '': 'check',
  cash: 'cash',
  check: 'check',
  money_order: 'money_order',
  ach: 'ach',
  card: 'card',
  wire: 'wire',
  other: 'other',
}

function fromLockbox(row: LockboxRow, rowNumber: number, currency: string): NewRemittanceRow {
  const taken = {
    rowNumber,
    lineNumber: row.lineNumber,
    kind: 'payment' as const,
    accountText: row.account.slice(0, 100),
    paymentDate: isLocalDate(row.paymentDate) ? row.paymentDate : null,
    method: METHODS[row.method.toLowerCase()] ?? null,
    reference: row.reference === '' ? null : row.reference.slice(0, 100),
    returnCode: null,
  }
  try {
    const amountCents = parseAmount(row.amount, { currency: row.currency, expected: currency })
    if (amountCents === 0)
      return rejected({ ...taken, amountCents }, 'amount_not_positive', 'The amount is zero.')
    const whole = { ...taken, amountCents }
    if (whole.paymentDate === null)
      return rejected(whole, 'date_malformed', `"${row.paymentDate}" is no day; write it as 2026-02-09.`)
    if (whole.method === null)
      return rejected(
        whole,
        'method_unknown',
        `"${row.method}" is no way to pay; use check, cash, ach or card.`,
      )
    return { ...whole, status: 'pending', reasonCode: null, reason: null }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return rejected({ ...taken, amountCents: null }, error.code, error.message)
  }
}

function rejected(
  row: Omit<NewRemittanceRow, 'status' | 'reasonCode' | 'reason'>,
  reasonCode: string,
  reason: string,
): NewRemittanceRow {
  return { ...row, status: 'rejected', reasonCode, reason }
}

function fromNacha(file: NachaFile, fileName: string): ReadFile {
  const rows = file.batches.flatMap((batch) =>
    batch.entries.map((entry) => ({ entry, day: batch.effectiveDate || file.createdOn })),
  )
  return {
    sender: file.origin,
    senderFileId:
      `${file.createdOn} ${file.createdAt} ${file.idModifier} ${file.referenceCode}`.trim() || fileName,
    rows: rows.map(({ entry, day }, index) => fromEntry(entry, day, index + 1)),
  }
}

function fromEntry(entry: NachaEntry, day: string, rowNumber: number): NewRemittanceRow {
  const addenda = entry.addenda.find(({ kind }) => kind !== 'other')
  const row = {
    rowNumber,
    lineNumber: entry.lineNumber,
    kind: 'return' as const,
    accountText: entry.individualId,
    amountCents: entry.amountCents,
    paymentDate: isLocalDate(day) ? day : null,
    method: 'ach' as const,
    reference: null,
    returnCode: null,
  }
  if (!addenda || addenda.kind === 'other')
    return rejected(row, 'not_a_return', 'The entry has no addenda that says why it comes back.')
  const { originalTrace: reference } = addenda
  const waits = { status: 'pending' as const, reasonCode: null }
  if (addenda.kind === 'return')
    return { ...row, reference, returnCode: addenda.returnCode, ...waits, reason: null }
  const reason = `The bank corrects what it has: ${hidden(addenda.correctedData)}.`
  return { ...row, kind: 'change', reference, returnCode: addenda.changeCode, ...waits, reason }
}

/** Account numbers stay out of the rows: only their last four characters are kept. */
function hidden(correctedData: string): string {
  return correctedData.replaceAll(/\d{5,}/g, (digits) => `…${digits.slice(-4)}`)
}
