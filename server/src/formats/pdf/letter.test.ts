import { afterAll, expect, test } from 'vitest'
import { nodesOf, readBill } from '../../../test/support/read-bill.ts'
import type { LetterDocument } from './letter-document.ts'
import { createRenderer } from './renderer.ts'

const renderer = createRenderer({ workers: 1 })
afterAll(() => renderer.close())

const letter: LetterDocument = {
  language: 'en',
  company: {
    name: 'Town Light & Power',
    addressLines: ['1 Main St', 'Springfield, IL 62701'],
    phone: '217-555-0100',
    website: 'townlight.example',
  },
  writtenOn: '2026-03-04',
  accountNumber: '00000042-1',
  mailingLines: ['Ana O’Neil', '7 Elm St', 'Springfield, IL 62701'],
  subject: 'Your payment is late',
  body: 'Dear Ana O’Neil,\n\nWe have not received $12.40.\nIt was due Mar 1, 2026.\n\nThank you.',
}

test('a letter is one tagged page with head, address, subject and paragraphs', async () => {
  const printed = await readBill(await renderer.renderLetter(letter))
  expect(printed.pages).toHaveLength(1)
  const [page = ''] = printed.pages
  for (const text of [
    'Town Light & Power',
    '7 Elm St',
    'Mar 4, 2026',
    '00000042-1',
    'It was due Mar 1, 2026.',
  ])
    expect(page).toContain(text)
  expect(printed).toMatchObject({ tagged: true, language: 'en-US', author: 'Town Light & Power' })
  expect(printed.title).toBe('Town Light & Power: Your payment is late, Mar 4, 2026')
  expect(nodesOf(printed.structure, 'H1')).toHaveLength(1)
})

test('untrusted text is printed as it is, in Spanish dates and labels', async () => {
  const hostile = {
    ...letter,
    language: 'es' as const,
    body: '#panic()\n\n= not a heading *or bold* \u202egnp',
  }
  const { pages, structure } = await readBill(await renderer.renderLetter(hostile))
  expect(pages[0]).toContain('#panic()')
  expect(pages[0]).toContain('= not a heading *or bold* gnp')
  expect(pages[0]).toContain('4 mar 2026')
  expect(nodesOf(structure, 'H1')).toHaveLength(1)
})

test('a long letter flows to more pages; the same letter gives the same bytes', async () => {
  const long = { ...letter, body: Array.from({ length: 80 }, (_, n) => `Paragraph ${n}.`).join('\n\n') }
  const [first, second] = await Promise.all([renderer.renderLetter(long), renderer.renderLetter(long)])
  expect((await readBill(first)).pages.length).toBeGreaterThan(1)
  expect(Buffer.compare(first, second)).toBe(0)
})
