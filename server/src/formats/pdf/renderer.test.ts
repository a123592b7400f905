import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodesOf, type PrintedBill, readBill, readBillTotal } from '../../../test/support/read-bill.ts'
import type { BillDocument } from './bill-document.ts'
import {
  commercialBill,
  creditBill,
  hostileBill,
  longBill,
  residentialBill,
  spanishBill,
} from './fixtures/bills.ts'
import { createRenderer, type Renderer } from './renderer.ts'

let renderer: Renderer
beforeAll(() => {
  renderer = createRenderer({ workers: 1 })
})
afterAll(() => renderer.close())

const print = async (document: BillDocument): Promise<PrintedBill> =>
  readBill(await renderer.render(document))
const ordinary = { residentialBill, commercialBill, creditBill, spanishBill }

describe.each(Object.entries(ordinary))('%s', (_, document) => {
  it('prints the total, number and due date of the data on two pages', async () => {
    const printed = await print(document)
    expect(printed.pages).toHaveLength(2)
    const total = document.balance.amountDueCents
    expect(printed.totalsCents).toEqual([total, total, total]) // top, table, slip
    expect(printed.billNumbers).toEqual([document.bill.number, document.bill.number])
  })

  it('is a tagged document with title, language, embedded fonts and a described chart', async () => {
    const printed = await print(document)
    expect(printed.tagged).toBe(true)
    expect(printed.title).toContain(document.bill.number)
    expect(printed.language).toBe(`${document.language}-US`)
    expect(printed.fonts.length).toBeGreaterThan(0)
    for (const font of printed.fonts) {
      expect(font.embedded).toBe(true)
      expect(font.name).toMatch(/^[A-Z]{6}\+SourceSans3-/) // six capitals mark a subset
    }
    const [figure, ...others] = nodesOf(printed.structure, 'Figure')
    expect(others).toEqual([])
    expect(figure?.alt).toContain('2026')
  })

  it('marks every table with header cells above its data', async () => {
    const { structure } = await print(document)
    const tables = nodesOf(structure, 'Table')
    expect(tables).toHaveLength(5) // owed, made of, compared, charge, readings
    for (const table of tables) {
      expect(nodesOf([table], 'TH').length).toBeGreaterThanOrEqual(2)
      expect(nodesOf([table], 'TD').length).toBeGreaterThanOrEqual(2)
    }
    const lines = document.charges.flatMap((charge) => charge.parts.flatMap((part) => part.lines))
    const sections = new Set(lines.map((line) => line.section)).size
    const charge = tables[3]
    expect(nodesOf(charge ? [charge] : [], 'TR')).toHaveLength(1 + sections + lines.length + 1)
  })
})

describe('what a bill says', () => {
  it('gives every line with its formula, and the balance in and out', async () => {
    const [first = '', second = ''] = (await print(residentialBill)).pages
    expect(second).toContain('On-peak energy\n187.4 kWh × $0.21460\n$40.22')
    expect(second).toContain('Power cost adjustment\n802.2 kWh × -$0.00150\n-$1.20')
    expect(first).toContain('Balance on your last bill\n$128.50\nPayment received, Feb 20, 2026\n-$128.50')
    expect(first).toContain('Due Mar 27, 2026')
    expect(first).toContain('Feb 3, 2026 to Mar 4, 2026 (30 days)') // [Feb 3, Mar 5): 26 + 4 days
    expect(first).toContain('You used 15% less kWh a day') // 26.7 / 31.4 = 0.850
  })

  it('speaks Spanish throughout, with US money', async () => {
    const text = (await print(spanishBill)).pages.join('\n')
    expect(text).toContain('Vence el 27 mar 2026')
    expect(text).toContain('3 feb 2026 al 4 mar 2026 (30 días)')
    expect(text).toContain('Pago recibido, 20 feb 2026\n-$128.50')
    for (const english of ['Amount', 'Bill', 'Charge', 'Page', 'Your', 'Due', 'Used']) {
      expect(text).not.toMatch(new RegExp(`\\b${english}\\b`))
    }
  })

  it('says that a bill is estimated, corrected and in credit', async () => {
    const [first = '', second = ''] = (await print(creditBill)).pages
    expect(first).toContain('This bill is estimated')
    expect(first).toContain('This is a corrected bill')
    expect(first).toContain('It replaces bill 1000004390 of Mar 5, 2026.')
    expect(first).toContain('Credit balance\n-$53.02\nNothing to pay')
    expect(first).not.toContain('Amount enclosed')
    expect(second).toContain('802 kWh\nEstimated')
  })

  it('asks for no check when autopay takes the amount, and names an open balance', async () => {
    const [first = ''] = (await print(commercialBill)).pages
    expect(first).toContain('Autopay takes $3,549.13 from your checking account ending 8821')
    expect(first).toContain('$700.00 of your earlier balance is still unpaid') // 1200.00 - 500.00
    expect(first).not.toContain('Amount enclosed')
  })

  it('flows a long bill to more pages and repeats the table header', async () => {
    const { pages } = await print(longBill)
    expect(pages).toHaveLength(3)
    const detail = pages.slice(1).join('\n')
    expect(detail.match(/^Lamp \d+, corner/gm)).toHaveLength(60)
    for (const page of pages.slice(1)) expect(page).toContain('How it is worked out')
  })
})

describe('a bill with much on it', () => {
  const [charge] = residentialBill.charges
  const charges = Array.from({ length: 38 }, () => charge).flatMap((each) => each ?? [])
  const activity = Array.from({ length: 12 }, () => ({
    date: '2026-02-20',
    text: 'Payment received',
    amountCents: -100,
  }))
  // 38 x 146.98 = 5585.24; 12 payments of 1.00; 12.00 - 12.00 + 5585.24
  const currentCents = 558524
  const balance = { previousCents: 1200, activity, currentCents, amountDueCents: currentCents }

  it('sums on page one, beside the slip, and lists afterwards', async () => {
    const { pages, totalsCents } = await print({ ...residentialBill, charges, balance })
    const [first = '', second = ''] = pages
    expect(totalsCents).toEqual([558524, 558524, 558524])
    expect(first).toContain('Payments and other entries since (12)\n-$12.00')
    expect(first).toContain('New charges for 38 services\n$5,585.24')
    expect(first).toContain('Payment slip')
    expect(second.match(/^Payment received$/gm)).toHaveLength(12)
    expect(pages.join('\n').match(/^Total Electric service$/gm)).toHaveLength(38)
  })
})

describe('untrusted text', () => {
  it('is printed as it is, never run', async () => {
    const text = (await print(hostileBill)).pages.join('\n')
    expect(text).toContain(hostileBill.bill.customerName)
    expect(text).toContain('= not a heading\n- not a list')
    expect(text).toContain('#{ while true {} } {name} $1 $& é')
    expect(text).toContain('#panic()')
  })

  it('loses direction overrides and shows a square for what the font lacks', async () => {
    const [first = ''] = (await print(hostileBill)).pages
    expect(first).toContain('gnp.exe Road')
    expect(first).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
    expect(first).toContain('□□ □') // the two Chinese characters, then the emoji
    expect(first).toContain('é fi')
  })

  it('leaves the total alone', async () => {
    expect(await readBillTotal(await renderer.render(hostileBill))).toBe(14698)
  })
})

describe('the renderer', () => {
  it('gives the same bytes for the same document, on whichever thread', async () => {
    const other = createRenderer({ workers: 2 })
    try {
      const [first, second] = await Promise.all([other.render(creditBill), other.render(creditBill)])
      const third = await renderer.render(creditBill)
      expect(Buffer.compare(first, second)).toBe(0)
      expect(Buffer.compare(first, third)).toBe(0)
    } finally {
      await other.close()
    }
  })

  it('refuses to print figures that contradict each other, and goes on', async () => {
    const balance = { ...residentialBill.balance, amountDueCents: 14699 }
    await expect(renderer.render({ ...residentialBill, balance })).rejects.toThrow(
      'bill 1000004411: balance, activity and current charges sum to 14698 cents, the document states 14699',
    )
    expect(await readBillTotal(await renderer.render(residentialBill))).toBe(14698)
  })
})
