import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
})
