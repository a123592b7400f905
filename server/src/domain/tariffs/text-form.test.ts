import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkTariffText, faultText, readTariffText, tariffTextSchema, writeTariffText } from './index.ts'

const text = `
code: res-tou
name: Residential
serviceType: electricity
currency: USD
versions:
  - effectiveFrom: 2025-01-01
    seasons:
      - {code: summer, ranges: [{from: 06-01, until: 10-01}]}
      - {code: winter, ranges: [{from: 10-01, until: 06-01}]}
    touMaps:
      - code: clock
        periods: [{code: peak, text: {en: Peak}}, {code: off, text: {en: Off}}]
        rows:
          - {days: [weekday], from: 16:00, until: 21:00, period: peak}
        otherwise: off
    factors:
      - code: fuel
        values: [{from: 2025-01-01, value: 0.01120}]
    quantities:
      - {code: energy, fn: usage, unit: kWh, tou: clock}
    rules:
      - kind: service_quantity
        code: energy
        text: {en: Energy, es: Energía}
        class: energy
        when: {medical: yes, meters: 2}
        quantity: energy
        prices:
          - {season: summer, bands: [{upTo: {value: 300}, price: 0.10}, {price: 0.1200}]}
          - {season: winter, bands: [{price: {factor: fuel}}]}
`

/** The faults after a change of the text, one a line. */
function faultsWith(from: string | RegExp, to: string): string[] {
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  return checkTariffText(changed).faults.map((fault) => faultText('t.yaml', fault))
}

describe('readTariffText', () => {
  it('takes numbers digit for digit where the model has text, and numbers where it has numbers', () => {
    const [version] = readTariffText(
      text.replace('currency: USD', 'currency: USD\ncurrencyExponent: 3'),
      't',
    ).versions
    expect(version?.factors[0]?.values[0]).toMatchObject({ from: '2025-01-01', value: '0.01120' })
    expect(version?.rules[0]).toMatchObject({
      when: { medical: 'yes', meters: '2' },
      prices: [{ bands: [{ upTo: { value: '300' }, price: '0.10' }, { price: '0.1200' }] }, {}],
    })
    expect(readTariffText(text, 't').currencyExponent).toBe(2)
  })

  it('reads the same tariff as JSON, tabs included', () => {
    const tariff = readTariffText(text, 't')
    expect(readTariffText(JSON.stringify(tariff), 't')).toEqual(tariff)
    expect(readTariffText(JSON.stringify(tariff, undefined, '\t'), 't')).toEqual(tariff)
  })

  it('refuses a text with faults in a sentence with file, line and column', () => {
    expect(() => readTariffText(text.replace('fn: usage', 'fn: usge'), 'dir/t.yaml')).toThrow(
      'dir/t.yaml:21:28: "usge" is no word that may stand here; did you mean "usage"? (/versions/0/quantities/0/fn).',
    )
  })
})

describe('checkTariffText', () => {
  it.each([
    [
      'a gap in the day',
      /otherwise: off/,
      'otherwise: of',
      /:16:20: map "clock" has no period "of"; add it to touMaps, or use one of peak, off/,
    ],
    [
      'hours left out',
      '        otherwise: off\n',
      '',
      /:14:9: .* leaves 00:00 to 16:00 without a period on mon; add a row/,
    ],
    [
      'a gap between seasons',
      'until: 10-01',
      'until: 09-01',
      /:29:9: no season of these prices holds 09-01; let the seasons follow/,
    ],
    ['two seasons at once', 'until: 10-01', 'until: 10-02', /seasons summer and winter both hold 10-01/],
    ['an unknown unit', 'unit: kWh', 'unit: kwh', /:21:41: there is no unit "kwh"; did you mean "kWh"\?/],
    [
      'steps out of order',
      '{price: 0.1200}',
      '{upTo: {value: 200}, price: 0.12}',
      /the step ends at 200, not above the 300/,
    ],
    [
      'a factor without a value',
      'from: 2025-01-01, value',
      'from: 2025-02-01, value',
      /:19:9: factor "fuel" has no value from 2025-01-01, .* to 2025-02-01; add a value/,
    ],
    ['an unknown factor', 'factor: fuel', 'factor: fule', /no bill factor "fule"; did you mean "fuel"\?/],
    [
      'an unknown field',
      'effectiveFrom',
      'efectiveFrom',
      /no field "efectiveFrom" here; did you mean "effectiveFrom"\?/,
    ],
    ['a missing field', '        class: energy\n', '', /"class" is missing; add it: it is text/],
    ['a word for a number', 'price: 0.10', 'price: ten', /:30:66: "ten": is no decimal number/],
    ['a tab', '    quantities:', '\tquantities:', /:20:1: Tabs are not allowed as indentation/],
    ['a field twice', 'currency: USD', 'currency: USD\ncurrency: EUR', /:6:1: Map keys must be unique/],
    ['what holds itself', 'name: Residential', 'name: &a [*a]', /holds itself|names nothing/],
  ])('says where %s is, why it is wrong and what mends it', (_name, from, to, expected) => {
    expect(faultsWith(from, to).join('\n')).toMatch(expected)
  })

  it('refuses a base that comes later: there are no circles', () => {
    const tax = `
      - {kind: apply_to, code: tax, text: {en: Tax}, class: tax, percent: 5, base: {rules: [energy, tax]}}`
    expect(faultsWith(/$/, tax).join('\n')).toMatch(/there is no rule "tax" before this one; move it before/)
  })

  it('never throws, and always gives a place inside the text, whatever the text becomes', () => {
    const words = [
      '',
      '-',
      ': ',
      '[',
      ']',
      '{',
      '}',
      '"',
      '\n',
      '  ',
      '&a ',
      '*a',
      '0',
      '-1',
      '1e9',
      '~',
      '#',
      '__proto__',
      '/',
      '24:01',
      '%',
      'kind: flat_charge',
    ]
    const edits = fc.array(
      fc.record({ at: fc.nat(text.length), cut: fc.nat(12), put: fc.constantFrom(...words) }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(edits, (list) => {
        const changed = list.reduce(
          (now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut),
          text,
        )
        const { tariff, faults } = checkTariffText(changed)
        const lines = changed.split('\n').length
        expect(tariff === undefined).toBe(faults.length > 0)
        for (const { line, column, message, remedy } of faults) {
          expect(line).toBeGreaterThan(0)
          expect(line).toBeLessThanOrEqual(lines)
          expect(column).toBeGreaterThan(0)
          expect([message, remedy].every((said) => said.length > 0)).toBe(true)
        }
      }),
      { numRuns: 400, seed: 7 },
    )
  })
})

describe('writeTariffText', () => {
  it('writes what reads back as the same tariff, prices as plain numbers', () => {
    const tariff = readTariffText(text, 't')
    const written = writeTariffText(tariff, '../tariff.schema.json')
    expect(written).toMatch(/^# yaml-language-server: \$schema=\.\.\/tariff\.schema\.json\n/)
    expect(written).toContain('value: 0.01120')
    expect(readTariffText(written, 't')).toEqual(tariff)
  })

  it('keeps any decimal text digit for digit', () => {
    const digits = fc
      .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.nat(12))
      .map(
        ([units, zeros]) =>
          `${units}${zeros === 0 ? '' : `.${String(units < 0n ? -units : units).slice(0, zeros)}0`}`,
      )
    fc.assert(
      fc.property(digits, (value) => {
        const tariff = readTariffText(text, 't')
        const row = tariff.versions[0]?.factors[0]?.values[0]
        if (row) row.value = value
        expect(readTariffText(writeTariffText(tariff), 't')).toEqual(tariff)
      }),
      { numRuns: 100, seed: 7 },
    )
  })
})

describe('tariffTextSchema', () => {
  it('lets editors accept a number where the model has decimal text', () => {
    expect(tariffTextSchema()).toMatchObject({
      properties: {
        versions: {
          items: {
            properties: { billingPeriod: { properties: { normalDays: { type: ['string', 'number'] } } } },
          },
        },
      },
    })
  })
})
