import { residentialBill } from '../server/src/formats/pdf/fixtures/bills.ts'
import type { BillDocument } from '../server/src/formats/pdf/index.ts'
import { createTypesetter } from '../server/src/formats/pdf/typeset.ts'
import { print } from './harness.ts'

const WARM_UP = 20
const BILLS = 200

/** A bill whose every line, bar and name differs from the others', so that no layout is remembered. */
function variant(seed: number): BillDocument {
  const [charge] = residentialBill.charges
  const [part] = charge?.parts ?? []
  if (!charge?.usage || !part) throw new Error('the sample bill has no chart or lines')
  const lines = part.lines.map((line, index) => ({
    ...line,
    detail: `${line.detail ?? ''} ${seed}`,
    amountCents: line.amountCents + (index === 0 ? seed : 0),
  }))
  const bars = charge.usage.bars.map((bar) => ({ ...bar, value: String(Number(bar.value ?? 0) + seed) }))
  const totalCents = charge.totalCents + seed
  return {
    ...residentialBill,
    bill: { ...residentialBill.bill, customerName: `Customer ${seed}`, number: String(1_000_000_000 + seed) },
    charges: [{ ...charge, parts: [{ ...part, lines }], totalCents, usage: { ...charge.usage, bars } }],
    balance: { ...residentialBill.balance, currentCents: totalCents, amountDueCents: totalCents },
  }
}

const typeset = createTypesetter()
for (let seed = 0; seed < WARM_UP; seed++) typeset({ bill: variant(seed) })
const before = process.cpuUsage()
for (let seed = WARM_UP; seed < WARM_UP + BILLS; seed++) typeset({ bill: variant(seed) })
const spent = process.cpuUsage(before)
const medianMs = (spent.user + spent.system) / 1000 / BILLS
print([{ name: 'bills, a core', perSecond: 1000 / medianMs, unit: 'bills', medianMs, runs: BILLS }])
