import { expect, test } from 'vitest'
import { readLockbox, readMappedLockbox } from './index.ts'

const FILE = [
  'H,First Bank,2026-0210,2026-02-10,USD',
  'P,00000001-01-0001,12.50,2026-02-09,check,1042',
  'P,00000002-1,"1,000.00",2026-02-09,check,77,USD',
  'B,1,2,1012.50',
  'P,00000003-1,5,2026-02-09,money_order,,CAD',
  'B,2,1,5.00',
  'T,2,3,1017.50',
]
const readingOf = (lines: string[]) => () => readLockbox(`${lines.join('\r\n')}\r\n`)

test('a file in our layout keeps every row as it was written', () => {
  const plain = FILE.map((line) => line.replace('"1,000.00"', '1000.00'))
  const { sender, senderFileId, rows } = readingOf(plain)()
  expect([sender, senderFileId, rows.length]).toEqual(['First Bank', '2026-0210', 3])
  expect(rows[2]).toEqual({
    lineNumber: 5,
    account: '00000003-1',
    amount: '5',
    currency: 'CAD',
    paymentDate: '2026-02-09',
    method: 'money_order',
    reference: '',
  })
})

test('an amount that cannot be summed leaves the total unchecked and the row for who takes it', () => {
  expect(readingOf(FILE)().rows[1]?.amount).toBe('1,000.00')
})

test.for([
  ['lockbox_malformed', FILE.slice(1)],
  ['lockbox_malformed', FILE.slice(0, -1)],
  ['lockbox_malformed', [...FILE, 'P,1,1,1']],
  ['lockbox_malformed', [...FILE.slice(0, 3), 'X']],
  ['lockbox_malformed', [...FILE.slice(0, 5), FILE[6] ?? '']],
  ['lockbox_malformed', ['H,First Bank,,2026-02-10,USD', ...FILE.slice(1)]],
  ['lockbox_malformed', [FILE[0] ?? '', 'P,"1,12.50']],
  ['lockbox_malformed', []],
  ['file_totals_differ', FILE.map((line) => line.replace('B,2,1,5.00', 'B,2,1,5.01'))],
  ['file_totals_differ', FILE.map((line) => line.replace('B,1,2', 'B,1,3'))],
  ['file_totals_differ', FILE.map((line) => line.replace('T,2', 'T,3'))],
  ['file_totals_differ', FILE.map((line) => line.replace('T,2,3,1017.50', 'T,2,3,'))],
] as const)('%s', ([code, lines]) => {
  expect(readingOf([...lines])).toThrow(expect.objectContaining({ code }))
})

test('a file of other columns is read by their names', () => {
  const text = 'Acct No;Paid;When\n42-1;12.50;2026-02-09\n'
  const mapping = { account: 'acct no', amount: 'Paid', paymentDate: 'When' }
  const known = { sender: 'agency', senderFileId: 'a.csv' }
  expect(readMappedLockbox(text, mapping, known).rows).toMatchObject([
    { lineNumber: 2, account: '42-1', amount: '12.50', currency: 'USD', paymentDate: '2026-02-09' },
  ])
  expect(() => readMappedLockbox(text, { ...mapping, amount: 'Sum' }, known)).toThrow(
    expect.objectContaining({ code: 'lockbox_column_missing' }),
  )
})
