import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { agreementsOfAccounts } from '../server/src/domain/agreements/index.ts'
import { lockCustomers } from '../server/src/domain/customers/index.ts'
import { LEDGER, trialBalance } from '../server/src/domain/ledger/index.ts'
import { recordPayment, recordPayments } from '../server/src/domain/payments/index.ts'
import { type ItemAgreement, type Move, postMoves } from '../server/src/domain/receivables/index.ts'
import {
  connect,
  type Database,
  migrate,
  openEmbedded,
  SERVER_ROLE,
} from '../server/src/platform/db/index.ts'
import { ACTOR, type Home, NOW } from '../server/test/support/billed-town.ts'
import { broken } from '../server/test/support/verified.ts'
import { type Figure, print, quantile } from './harness.ts'
import { fillAccounts } from './payments-book.ts'

/**
 * Posts debts to one control account and takes payments for them, in batches and one by one:
 * `node bench/payments.ts [--accounts N] [--database-url URL] [--json]`. The database of a URL must be empty.
 */
const { values: options } = parseArgs({
  options: {
    accounts: { type: 'string', default: '20000' },
    'database-url': { type: 'string' },
    json: { type: 'boolean' },
  },
})
const BATCH = 1_000
const CONNECTIONS = 8
const SINGLES = 4_000
const DAY = '2026-03-01'
const DEBT_CENTS = 5_000

interface Book {
  database: Database
  clientId: number
  customerIds: number[]
  accountNumber: number
  agreement: ItemAgreement
}

const dataDir = mkdtempSync(join(tmpdir(), 'billwright-bench-'))
const url = options['database-url']
const server = url === undefined ? await openEmbedded({ dataDir }) : undefined
const connectionString = url ?? server?.connectionString ?? ''
try {
  await migrate({ connectionString })
  const owner = connect({ connectionString, poolSize: 2 })
  const database = connect({ connectionString, role: SERVER_ROLE, poolSize: CONNECTIONS })
  const { clientId, first } = await fillAccounts(owner, Number(options.accounts))
  const book = await openBook(database, clientId, first)
  const figures = await figuresOf(book)
  await requireRight(book)
  print(figures)
  await Promise.all([owner.destroy(), database.destroy()])
} finally {
  await server?.close({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

async function openBook(database: Database, clientId: number, home: Home): Promise<Book> {
  const [agreement] = await agreementsOfAccounts(database.read, [home])
  if (!agreement) throw new Error('the account has an agreement')
  const { customerId, accountNumber } = home
  const customerIds = Array.from({ length: Number(options.accounts) }, (_, n) => customerId + n)
  return { database, clientId, customerIds, accountNumber, agreement }
}

async function figuresOf(book: Book): Promise<Figure[]> {
  const few = book.customerIds.slice(0, SINGLES)
  return [
    await inBatches('journals, one control account, batched, 1 connection', 'entries', book, 1, owe(1)),
    await inBatches('journals, one control account, batched, 2 connections', 'entries', book, 2, owe(2)),
    await oneByOne('journals, one control account, single, 8 connections', 'entries', few, (id) =>
      owe(3)(book, [id]),
    ),
    await inBatches('payments, batched, 1 connection', 'payments', book, 1, pay),
    await inBatches('payments, batched, 2 connections', 'payments', book, 2, pay),
    await oneByOne('payments, single, 8 connections', 'payments', few, (id) => payOne(book, id)),
  ]
}

type Work = (book: Book, customerIds: number[]) => Promise<unknown>

/** A debt of each customer: an entry, its posting to the control account, and its open item. */
function owe(round: number): Work {
  return ({ database, agreement }, customerIds) =>
    database.transaction(async (tx) => {
      await lockCustomers(tx, customerIds)
      const moves = customerIds.map(
        (customerId): Move => ({
          customerId,
          entryKind: 'transfer',
          reference: `bench:${round}`,
          effectiveDate: DAY,
          accountingDate: DAY,
          changes: [{ agreement, otherCode: LEDGER.adjustment, amountCents: DEBT_CENTS, dueDate: DAY }],
        }),
      )
      await postMoves(tx, moves, NOW)
    })
}

/** A payment of the oldest debt of each customer. */
function pay({ database, clientId, accountNumber }: Book, customerIds: number[]): Promise<unknown> {
  return database.transaction((tx) =>
    recordPayments(tx, {
      clientId,
      source: 'lockbox',
      payments: customerIds.map((customerId) => ({
        customerId,
        accountNumber,
        amountCents: DEBT_CENTS,
        method: 'check',
        paymentDate: DAY,
      })),
      now: NOW,
      actor: ACTOR,
    }),
  )
}

function payOne({ database, accountNumber }: Book, customerId: number): Promise<unknown> {
  return database.transaction((tx) =>
    recordPayment(tx, {
      payerCustomerId: customerId,
      accounts: [{ customerId, accountNumber, amountCents: DEBT_CENTS }],
      paymentDate: DAY,
      source: 'counter',
      tender: { method: 'cash' },
      now: NOW,
      actor: ACTOR,
    }),
  )
}

async function inBatches(
  name: string,
  unit: string,
  book: Book,
  workers: number,
  work: Work,
): Promise<Figure> {
  const batches: number[][] = []
  for (let from = 0; from < book.customerIds.length; from += BATCH)
    batches.push(book.customerIds.slice(from, from + BATCH))
  const times = await drain(batches, workers, (batch) => work(book, batch))
  return figure(name, unit, book.customerIds.length, times)
}

async function oneByOne(
  name: string,
  unit: string,
  customerIds: number[],
  work: (customerId: number) => Promise<unknown>,
): Promise<Figure> {
  const times = await drain([...customerIds], CONNECTIONS, work)
  return { ...figure(name, unit, customerIds.length, times), p99Ms: quantile(times.each, 0.99) }
}

interface Times {
  wholeMs: number
  /** Ascending. */
  each: number[]
}

/** Workers that take the next piece until none is left. */
async function drain<Piece>(
  pieces: Piece[],
  workers: number,
  work: (piece: Piece) => Promise<unknown>,
): Promise<Times> {
  const each: number[] = []
  const began = performance.now()
  const worker = async () => {
    for (let piece = pieces.pop(); piece !== undefined; piece = pieces.pop()) {
      const start = performance.now()
      await work(piece)
      each.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: workers }, worker))
  return { wholeMs: performance.now() - began, each: each.sort((a, b) => a - b) }
}

function figure(name: string, unit: string, count: number, { wholeMs, each }: Times): Figure {
  return { name, perSecond: (count * 1000) / wholeMs, unit, medianMs: quantile(each, 0.5), runs: each.length }
}

/** What every customer owed and paid is in the control account, and the books hold. */
async function requireRight({ database, clientId, customerIds }: Book): Promise<void> {
  const balances = await trialBalance(database.read, clientId)
  const receivable = balances.find(({ code }) => code === LEDGER.receivable)
  // Debts: two rounds of all and one of some; payments the same.
  const movedCents = (2 * customerIds.length + Math.min(SINGLES, customerIds.length)) * DEBT_CENTS
  if (receivable?.debitCents !== movedCents || receivable.creditCents !== movedCents)
    throw new Error(`receivable: ${receivable?.debitCents} - ${receivable?.creditCents}, not ${movedCents}`)
  const faults = await broken(database)
  if (faults.length > 0) throw new Error(`the books do not hold: ${faults.join('; ')}`)
}
