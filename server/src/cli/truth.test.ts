import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sharedDir } from '../../test/support/shared.ts'
import { runCorpus } from './truth.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function corpus(kind: string, given: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'truth-'))
  folders.push(folder)
  mkdirSync(join(folder, kind))
  writeFileSync(join(folder, kind, 'case.json'), JSON.stringify(given))
  return folder
}

const steps = {
  id: 'two-steps',
  inputs: { kwh: 700, days: 30 },
  rate: [
    {
      name: 'Usage',
      type: 'tiered',
      uom: 'kWh',
      steps: [
        { up_to_per_day: '20', price: '0.20' },
        { up_to: null, price: '0.25' },
      ],
    },
  ],
}

describe('truth', () => {
  it('passes what is right: 600 x 0.20 + 100 x 0.25 = 145.00', () => {
    const [result] = runCorpus(
      corpus('published', { ...steps, expected: { step_kwh: ['600', '100'], amount: '145.00' } }),
    )
    expect(result).toMatchObject({ id: 'two-steps', passed: true, compared: 3, largest: '0' })
  })

  it('fails a wrong cent and names the number', () => {
    const [result] = runCorpus(corpus('published', { ...steps, expected: { amount: '145.01' } }))
    expect(result).toMatchObject({
      passed: false,
      largest: '0.01',
      detail: 'amount: expected 145.01, got 145',
    })
  })

  it('fails what it cannot price or find, and says why', () => {
    const [unknown] = runCorpus(
      corpus('published', {
        ...steps,
        rate: [{ name: 'Usage', type: 'auction' }],
        expected: { amount: '1' },
      }),
    )
    expect(unknown).toMatchObject({ passed: false, detail: 'no rule reads a charge of type "auction"' })
    const [missing] = runCorpus(corpus('published', { ...steps, expected: { carbon_grams: '5' } }))
    expect(missing).toMatchObject({ passed: false, detail: 'carbon_grams: expected 5, got nothing' })
  })

  it('refuses a folder without cases', () => {
    expect(() => runCorpus(tmpdir())).toThrow('holds no cases')
  })

  it.skipIf(!sharedDir)('prices every case of the reference data', () => {
    const results = runCorpus(join(sharedDir ?? '', 'tariffs'))
    expect(results.filter((result) => !result.passed)).toEqual([])
    expect(results).toHaveLength(89)
  })

  it.skipIf(!sharedDir)('fails when any one number of a published, edge or engine case is altered', () => {
    for (const folder of ['published', 'edge', 'engines']) {
      for (const { run, given } of smallCases(folder)) {
        const places = numbersOf(given.expected ?? {}, [])
        expect(places.length, String(given.id)).toBeGreaterThan(0)
        for (const place of places.slice(0, MOST_NUMBERS)) {
          const result = run(altered(given, ['expected', ...place]))
          expect(result?.passed, `${given.id} ${place.join('/')}`).toBe(false)
        }
      }
    }
  })

  it.skipIf(!sharedDir)('fails when any one component of a year of intervals is altered', () => {
    const [first] = smallCases('expected', 'urdb-ohio-rs-nem.json')
    for (const place of numbersOf(first?.given.expected ?? {}, []).filter((_, index) => index % 47 === 0))
      if (place.at(-1) !== 'month' && place.at(-1) !== 'period' && place.at(-1) !== 'tier')
        expect(first?.run(altered(first.given, ['expected', ...place]))?.passed, place.join('/')).toBe(false)
  })
})

const MOST_NUMBERS = 12
type Path = (string | number)[]

/** The cases of a folder of the reference data, each with a way to run it with changes. */
function smallCases(kind: string, only?: string) {
  const source = join(sharedDir ?? '', 'tariffs')
  const files = readdirSync(join(source, kind)).filter(
    (name) => name.endsWith('.json') && (!only || name === only),
  )
  return files.flatMap((file) => {
    const read = JSON.parse(readFileSync(join(source, kind, file), 'utf8')) as { cases?: Given[] } & Given
    return (read.cases ?? [read]).map((given) => ({
      given,
      run: (changed: Given) => {
        const folder = corpus(kind, changed)
        for (const name of ['loads', 'rates']) symlinkSync(join(source, name), join(folder, name))
        if (kind === 'engines') symlinkSync(join(source, 'engines/loads'), join(folder, 'engines/loads'))
        return runCorpus(folder)[0]
      },
    }))
  })
}

type Given = { [name: string]: unknown }

/** Paths to the numbers of a value; of a printed line, its amount; a year, an hour and a tolerance name things. */
function numbersOf(value: unknown, path: Path): Path[] {
  if (typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)))
    return ['year', 'tolerance', 'billing_period'].includes(String(path.at(-1))) ? [] : [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => numbersOf(inner, [...path, name]))
}

function altered(given: Given, path: Path): Given {
  const copy = structuredClone(given)
  let at: Given = copy
  for (const step of path.slice(0, -1)) at = at[step] as Given
  const last = path.at(-1) ?? ''
  at[last] = typeof at[last] === 'string' ? String(Number(at[last]) + 0.02) : Number(at[last]) + 0.02
  return copy
}
