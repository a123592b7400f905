import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import {
  type BillKey,
  billDocument,
  type ExplainedCharge,
  explainBill,
  formatBillId,
} from '../../src/domain/billing/index.ts'
import { type Renderer, wordMoney } from '../../src/formats/pdf/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { readBill } from '../support/read-bill.ts'

/** The same money as each hop wrote it down, in cents; read by plain statements that share no code with the hops. */
interface Trail {
  bill: number
  charges: number
  lines: number
  items: number
  postings: number
  /** What the bill asks for, and what all items that this and the earlier bills of the account show come to. */
  due: number
  shown: number
}

async function readTrail(tx: Tx, { customerId, billId }: BillKey): Promise<Trail> {
  const { rows } = await sql<Trail>`
    with own as (select customer_id, charge_id, amount_cents, 'charge:' || charge_id as reference
                   from charge where customer_id = ${customerId} and bill_id = ${billId})
    select b.charges_cents as bill, b.amount_due_cents as due,
      (select coalesce(sum(amount_cents), 0)::bigint from own) as charges,
      (select coalesce(sum(l.amount_cents), 0)::bigint from own join charge_line l using (customer_id, charge_id)) as lines,
      (select coalesce(sum(i.amount_cents), 0)::bigint from own join open_item i using (customer_id, reference)
        where i.kind = 'charge') as items,
      (select coalesce(sum(case when p.debit_code = 'receivable' then p.amount_cents else -p.amount_cents end), 0)::bigint
         from own join journal_entry e using (customer_id, reference) join posting p using (customer_id, entry_id)
        where e.kind = 'charge' and 'receivable' in (p.debit_code, p.credit_code)) as postings,
      (select coalesce(sum(i.amount_cents), 0)::bigint from open_item i
        where i.customer_id = b.customer_id and i.account_number = b.account_number and i.bill_id <= b.bill_id) as shown
      from bill b where b.customer_id = ${customerId} and b.bill_id = ${billId}`.execute(tx)
  const [trail] = rows
  if (!trail) throw new Error(`there is no bill ${customerId}-${billId}`)
  return trail
}

/** This will follow a bill from its lines to its printed page in both languages, and tell where its money differs. */
export async function faultsOfBill(tx: Tx, renderer: Renderer, key: BillKey): Promise<string[]> {
  const { bill, due, shown, ...hops } = await readTrail(tx, key)
  const faults = Object.entries(hops)
    .filter(([, cents]) => cents !== bill)
    .map(([hop, cents]) => `the bill charges ${bill} cents, its ${hop} come to ${cents}`)
  if (shown !== due) faults.push(`the bill asks for ${due} cents, its items come to ${shown}`)
  const { reproduced, charges } = await explainBill(tx, key)
  if (!reproduced) faults.push('pricing it again came to something else')
  faults.push(...charges.flatMap(faultsOfWords))
  for (const language of ['en', 'es'] as const) {
    const document = await billDocument(tx, key, language)
    const told = await renderer.render(document).then(
      (pdf) => faultsOfPage(pdf, { language, bill, due }),
      (refusal: Error) => [`it cannot be printed: ${refusal.message}`],
    )
    faults.push(...told)
  }
  return faults.map((fault) => `${formatBillId(key)}: ${fault}`)
}

/** What a line says is made of what is kept of it: the same that pricing the charge again says. */
function faultsOfWords({ charge, again }: ExplainedCharge): string[] {
  return charge.lines.flatMap(({ lineNumber, detail }, index) => {
    const line = again.lines[index]
    const told = line && [line.text, line.reason, line.intervals]
    const isSame = isDeepStrictEqual([detail.text, detail.reason, detail.intervals], told)
    return isSame
      ? []
      : [`line ${lineNumber} says "${detail.reason?.en}", priced again "${line?.reason?.en}"`]
  })
}

async function faultsOfPage(
  pdf: Uint8Array,
  { language, bill, due }: { language: 'en' | 'es'; bill: number; due: number },
): Promise<string[]> {
  const printed = await readBill(pdf)
  const faults: string[] = []
  if (!printed.language.startsWith(language)) faults.push(`is in ${printed.language}`)
  if (printed.totalsCents.length === 0 || printed.totalsCents.some((cents) => cents !== due))
    faults.push(`asks for ${printed.totalsCents} cents, the bill for ${due}`)
  if (!printed.pages.join('\n').includes(wordMoney(bill)))
    faults.push(`does not tell the new charges of ${bill} cents`)
  return faults.map((fault) => `the ${language} page ${fault}`)
}

/** This will draw bills of the database by a seed: the same ones for the same book and seed. */
export async function drawBills(tx: Tx, count: number, seed: number): Promise<BillKey[]> {
  const { rows } = await sql<BillKey>`
    select customer_id as "customerId", bill_id as "billId" from bill where status = 'complete'
     order by md5(format('%s %s-%s', ${seed}::int, customer_id, bill_id)) limit ${count}`.execute(tx)
  return rows
}
