import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NachaEntry, type NachaFile, readNacha, writeNacha } from './index.ts'

const entry = (more: Partial<NachaEntry>): NachaEntry => ({
  lineNumber: 3,
  transactionCode: '26',
  routingNumber: '071000013',
  accountNumber: '123456789',
  amountCents: 12345,
  individualId: '00000001-1',
  individualName: 'Home Number 1',
  discretionary: '',
  traceNumber: '071000010000001',
  addenda: [],
  ...more,
})
const fileOf = (entries: NachaEntry[]): NachaFile => ({
  destination: '071000013',
  origin: '1234567890',
  createdOn: '2026-02-11',
  createdAt: '0830',
  idModifier: 'A',
  destinationName: 'FIRST BANK',
  originName: 'TOWN LIGHT',
  referenceCode: '',
  batches: [
    {
      serviceClass: '200',
      companyName: 'TOWN LIGHT',
      companyId: '1234567890',
      entryClass: 'PPD',
      description: 'RETURNS',
      descriptiveDate: '',
      effectiveDate: '2026-02-11',
      settlementDay: '042',
      originatorStatus: '1',
      originatingBank: '07100001',
      batchNumber: 1,
      entries,
    },
  ],
})
const returned = entry({
  addenda: [
    {
      kind: 'return',
      returnCode: 'R01',
      originalTrace: '091000019999999',
      dateOfDeath: '',
      originalBank: '07100001',
      information: '',
      traceNumber: '071000010000001',
    },
  ],
})
const changed = entry({
  lineNumber: 5,
  transactionCode: '21',
  amountCents: 0,
  addenda: [
    {
      kind: 'change',
      changeCode: 'C01',
      originalTrace: '091000018888888',
      originalBank: '07100001',
      correctedData: '987654321',
      traceNumber: '071000010000002',
    },
  ],
})

test('a file of returns and changes reads as it was written, in blocks of ten records of 94', () => {
  const file = fileOf([returned, changed])
  const text = writeNacha(file)
  const lines = text.trimEnd().split('\n')
  expect(lines).toHaveLength(10)
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([94]))
  // Batch control: 2 entries and 2 addenda; 2 x 07100001 = 14200002; 123.45 drawn.
  expect(lines[6]?.slice(0, 44)).toBe('8200000004001420000200000001234500000000' + '0000')
  expect(readNacha(text)).toEqual(file)
})

test('any file survives being written and read', () => {
  const entries = fc.array(
    fc.record({
      amount: fc.nat(9_999_999_999),
      code: fc.constantFrom('21', '22', '26', '27', '36', '37'),
      name: fc.stringMatching(/^[A-Z]([A-Z ]{0,20}[A-Z])?$/),
    }),
    { minLength: 1, maxLength: 30 },
  )
  fc.assert(
    fc.property(entries, (wanted) => {
      const made = wanted.map(({ amount, code, name }, index) =>
        entry({ amountCents: amount, transactionCode: code, individualName: name, lineNumber: 3 + index }),
      )
      expect(readNacha(writeNacha(fileOf(made)))).toEqual(fileOf(made))
    }),
    { numRuns: 100, seed: 4 },
  )
})

const text = writeNacha(fileOf([returned, changed]))
const changedAt = (line: number, from: number, to: string) =>
  text
    .split('\n')
    .map((one, index) =>
      index + 1 === line ? one.slice(0, from - 1) + to + one.slice(from - 1 + to.length) : one,
    )
    .join('\n')

test.for([
  ['file_totals_differ', changedAt(3, 39, '6')],
  ['file_totals_differ', changedAt(7, 10, '5')],
  ['file_totals_differ', changedAt(7, 20, '9')],
  ['file_totals_differ', changedAt(8, 7, '2')],
  ['file_totals_differ', changedAt(8, 13, '2')],
  ['nacha_malformed', changedAt(3, 30, 'x')],
  ['nacha_malformed', changedAt(7, 94, '2')],
  ['nacha_malformed', text.split('\n').slice(0, 7).join('\n')],
  ['nacha_malformed', text.split('\n').slice(1).join('\n')],
  ['nacha_malformed', text.replace('\n', 'x\n')],
  ['nacha_malformed', text.split('\n').toSpliced(2, 0, 'hello').join('\n')],
  ['nacha_malformed', ''],
] as const)('%s', ([code, broken]) => {
  expect(() => readNacha(broken)).toThrow(expect.objectContaining({ code }))
})
