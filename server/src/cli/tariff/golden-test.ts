import { globSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Document, isMap, isSeq, parseDocument } from 'yaml'
import { compileTariff } from '../../domain/rating/index.ts'
import { type SharedValue, type TariffVersion, withSharedValues } from '../../domain/tariffs/index.ts'
import { documentText, layOut } from '../../formats/tariff/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { readTariffFile } from '../tariff-file.ts'
import { readTextFile } from '../text-file.ts'
import { priceGolden } from './golden-bill.ts'
import { compareBills } from './golden-compare.ts'
import { type Expected, type GoldenCustomer, readGolden } from './golden-file.ts'

/** One number of an expected bill that came out otherwise, with its place. */
export interface Difference {
  file: string
  line: number
  column: number
  /** The bill and the number in it. */
  where: string
  expected: string | undefined
  priced: string | undefined
}

/** What became of a golden customer. */
export interface GoldenResult {
  tariff: string
  file: string
  customer: string
  bills: number
  /** Numbers compared. */
  numbers: number
  differences: Difference[]
  /** Why it could not be priced. */
  refusal?: string
}

/** This will find the golden customers under a folder, or beside a tariff: `golden/*.yaml` next to `tariff.yaml`. */
export function goldenFiles(path: string): { tariff: string; file: string }[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const folder = isFolder ? path : dirname(path)
  const files = globSync(isFolder ? '**/golden/*.yaml' : 'golden/*.yaml', { cwd: folder }).sort()
  const found = files.map((file) => {
    const own = join(folder, file)
    return { file: own, tariff: isFolder ? join(dirname(dirname(own)), 'tariff.yaml') : path }
  })
  if (found.length > 0) return found
  throw new Refusal(
    'not_found',
    'golden_missing',
    `There are no golden customers at ${path}: put them into golden/*.yaml beside tariff.yaml.`,
  )
}

/** This will price a golden customer and compare every number of its bills; with `update` the file then says what was priced. */
export async function testGolden(tariffFile: string, file: string, update: boolean): Promise<GoldenResult> {
  const text = await readTextFile(file)
  const { golden, placed } = readGolden(text, file)
  const result = { tariff: tariffFile, file, customer: golden.customer, bills: golden.bills.length }
  const { tariff } = await readTariffFile(tariffFile)
  let priced: Expected[]
  try {
    priced = priceGolden(
      golden,
      tariff.versions.map((version) => compileTariff(tariff, withShared(version, golden))),
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...result, numbers: 0, differences: [], refusal: error.message }
  }
  const differences: Difference[] = []
  let numbers = 0
  for (const [index, bill] of golden.bills.entries()) {
    const compared = compareBills(bill.expect, priced[index] as Expected)
    numbers += compared.numbers
    for (const { pointer, where, ...values } of compared.differences) {
      const place = placed.placeOf(`/bills/${index}/expect${pointer}`)
      differences.push({ file, ...place, where: `${bill.start} to ${bill.end}, ${where}`, ...values })
    }
  }
  if (update && differences.length > 0) await writeFile(file, withExpected(text, priced))
  return { ...result, numbers, differences }
}

/** The version with what the utility keeps beside its text. */
function withShared(version: TariffVersion, { shared }: GoldenCustomer): TariffVersion {
  if (!shared) return version
  const factors = Object.entries(shared.factors).map(([code, rows]): [string, SharedValue[]] => [
    code,
    rows.map((row) => ({ ...row, until: null })),
  ])
  return withSharedValues(version, { ...shared, factors: Object.fromEntries(factors) })
}

/** The text with the expected bills replaced; comments and the rest stay as they are. */
function withExpected(text: string, priced: readonly Expected[]): string {
  const document = parseDocument(text)
  const bills = document.get('bills')
  if (!isSeq(bills)) throw new Error('a golden file without bills was read')
  for (const [index, expected] of priced.entries()) {
    const bill = bills.items[index]
    const made = new Document(expected, { aliasDuplicateObjects: false })
    layOut(made)
    if (!isMap(bill)) continue
    bill.flow = false
    bill.set('expect', made.contents)
  }
  return documentText(document)
}

/** This will say a difference in one line. */
export function differenceText({ file, line, column, where, expected, priced }: Difference): string {
  return `${file}:${line}:${column}: ${where}: expected ${expected ?? 'nothing'}, priced ${priced ?? 'nothing'}`
}

/** This will name a golden customer in a line. */
export function goldenName({ tariff, file, customer }: GoldenResult): string {
  return `${basename(dirname(tariff))}/${basename(file)} ${customer}`
}
