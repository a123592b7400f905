import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { NOTICE_EVENTS } from '../event-notices.ts'
import { EVENT_CATALOGUE, EVENT_TYPES } from './event-catalogue.ts'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
/** Of all modules but the catalogue's own, and the one whose dotted words are permissions. */
const sources = globSync('server/src/domain/*/**/*.ts', { cwd: root })
  .filter((path) => !/\.test\.ts$|\/store(\.ts$|\/)|\/domain\/(notices|identity)\//.test(path))
  .map((path) => readFileSync(`${root}/${path}`, 'utf8'))

/** Types written out: `'bill.completed'`. */
const written = new Set(
  sources.flatMap((text) => [...text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? '')),
)
/** Types put together from noun and participle: `bankruptcy.${status}`, or a noun looked up by kind. */
const nouns = new Set(
  sources.flatMap((text) => [...text.matchAll(/`([a-z_]+)\.\$\{/g)].map((match) => match[1] ?? '')),
)
const CONTRACT_NOUNS = ['arrangement', 'extension', 'deposit', 'budget']
const words = new Set(
  sources.flatMap((text) => [...text.matchAll(/'([a-z_]+)'/g)].map((match) => match[1] ?? '')),
)

describe('the catalogue of events', () => {
  test('has every type that an operation emits', () => {
    expect(written.size).toBeGreaterThan(30)
    expect([...written].filter((type) => !(type in EVENT_CATALOGUE))).toEqual([])
    const known = new Set(EVENT_TYPES.map((type) => type.split('.')[0]))
    const emitted = ['bankruptcy', 'disbursement'].filter((noun) => nouns.has(noun))
    expect(emitted.filter((noun) => !known.has(noun))).toEqual([])
  })

  test('has the participles of every contract', () => {
    const contracts = sources.filter((text) => text.includes('recordAct('))
    const told = contracts.flatMap((text) =>
      [...text.matchAll(/\bevent: '([a-z_]+)'/g)].map((match) => match[1]),
    )
    expect(told.length).toBeGreaterThan(10)
    const missing = told.filter(
      (participle) => !CONTRACT_NOUNS.some((noun) => `${noun}.${participle}` in EVENT_CATALOGUE),
    )
    expect(missing).toEqual([])
  })

  test('has no type that nothing emits', () => {
    const isPutTogether = (type: string) => {
      const [noun = '', participle = ''] = type.split('.')
      return (nouns.has(noun) || CONTRACT_NOUNS.includes(noun)) && words.has(participle)
    }
    expect(EVENT_TYPES.filter((type) => !written.has(type) && !isPutTogether(type))).toEqual([])
  })

  test('is what the guide tells, field by field', () => {
    const guide = readFileSync(`${root}/docs/guides/events.md`, 'utf8')
    const told = [...guide.matchAll(/^\| `([a-z_.]+)` \| (.+) \| (.+) \|$/gm)].map(
      ([, type, sentence, fields]) => [
        type,
        sentence,
        [...(fields ?? '').matchAll(/`([A-Za-z]+)`/g)].map((match) => match[1]),
      ],
    )
    const catalogued = Object.entries(EVENT_CATALOGUE).map(([type, entry]) => [
      type,
      entry.sentence,
      entry.fields,
    ])
    expect(told).toEqual(catalogued)
  })

  test('names each type as noun and participle, with the customer where there is one', () => {
    for (const [type, { fields }] of Object.entries(EVENT_CATALOGUE)) {
      expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/)
      expect(new Set(fields).size, type).toBe(fields.length)
      if (type !== 'moratorium.declared') expect(fields, type).toContain('customerId')
    }
  })

  test('has every type that a notice follows from', () => {
    const missing = NOTICE_EVENTS.filter((type) => !(type in EVENT_CATALOGUE))
    expect(missing).toEqual([])
  })
})
