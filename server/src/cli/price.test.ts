import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('./index.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'price-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function price(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'price', ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

const tariff = {
  code: 'plain',
  name: 'Plain',
  serviceType: 'electricity',
  currency: 'USD',
  timeZone: 'America/New_York',
  versions: [
    {
      effectiveFrom: '2025-01-01',
      quantities: [{ code: 'kwh', fn: 'usage', unit: 'kWh' }],
      rules: [
        {
          kind: 'flat_charge',
          code: 'daily',
          text: { en: 'Daily charge' },
          class: 'fixed',
          price: '0.45',
          per: 'day',
        },
        {
          kind: 'service_quantity',
          code: 'energy',
          text: { en: 'Energy' },
          class: 'energy',
          quantity: 'kwh',
          prices: [{ bands: [{ price: '0.10' }] }],
        },
      ],
    },
  ],
}

/** Three local days of 1 kWh an hour around the spring change of the clock, in UTC. */
const spring = ['start,kWh', ...Array.from({ length: 71 }, (_, hour) => `${stamp(hour)},1`)].join('\n')
function stamp(hour: number): string {
  const at = hour + 5
  return `2025-03-${String(8 + Math.floor(at / 24)).padStart(2, '0')}T${String(at % 24).padStart(2, '0')}:00:00Z`
}

describe('billwright price', () => {
  it('prices whole local days: 24 + 23 + 24 hours, 3 x 0.45 + 71 x 0.10 = 8.45', () => {
    const { status, stdout } = price(
      '--tariff',
      file('plain.json', JSON.stringify(tariff)),
      '--usage',
      file('spring.csv', `${spring}\n`),
      '--json',
      '--explain',
    )
    const { bills, totalCents } = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(totalCents).toBe(845)
    expect(bills).toHaveLength(1)
    expect(bills[0]).toMatchObject({ start: '2025-03-08', end: '2025-03-11', amountCents: 845 })
    expect(bills[0].lines[1]).toMatchObject({
      quantity: { value: '71', unit: 'kWh' },
      reason: { en: '71 kWh × 0.1 USD = 7.1 USD' },
    })
  })

  it('refuses a tariff with a gap, and says where', () => {
    const [version] = tariff.versions
    const touMaps = [
      {
        code: 'tou',
        periods: [{ code: 'day', text: { en: 'Day' } }],
        rows: [{ days: ['every'], from: '06:00', until: '24:00', period: 'day' }],
      },
    ]
    const gap = { ...tariff, versions: [{ ...version, touMaps }] }
    const { status, stdout, stderr } = price(
      '--tariff',
      file('gap.json', JSON.stringify(gap)),
      '--usage',
      file('any.csv', `${spring}\n`),
    )
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /gap\.json:1:\d+: map "tou" leaves 00:00 to 06:00 without a period on mon; add a row .*\(\/versions\/0\/touMaps\/0\/rows\)\.\n$/,
    )
  })

  it('refuses a file that is not there and a day that is none, each in a sentence', () => {
    const plain = file('plain.json', JSON.stringify(tariff))
    const usage = file('spring.csv', `${spring}\n`)
    expect(price('--tariff', join(folder, 'none.json'), '--usage', usage).stderr).toMatch(
      /^billwright: Cannot read .*none\.json: there is no such file\. Check the path\.\n$/,
    )
    const wrong = price('--tariff', plain, '--usage', usage, '--from', '2025-02-30')
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      'billwright: "2025-02-30" is no date: write it as YYYY-MM-DD.\n',
    ])
  })
})
