import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createIntl } from 'react-intl'
import { describe, expect, test } from 'vitest'

type Catalogue = Record<string, string>

const web = fileURLToPath(new URL('../../../web/', import.meta.url))
const catalogue = (path: string) => JSON.parse(readFileSync(web + path, 'utf8')) as Catalogue

const APPLICATIONS = [
  { name: 'enterprise', root: 'enterprise/src/' },
  { name: 'kit', root: 'kit/src/' },
]

/** Words that are the same in both languages. */
const SAME = new Set([
  'kit.csv',
  'account.tab.plan',
  'account.plan',
  'status.bill.error',
  'charge.total',
  'timeline.kind.plan',
  'service.gas',
])

describe.each(APPLICATIONS)('$name', ({ root }) => {
  const en = catalogue(`${root}messages/en.json`)
  const es = catalogue(`${root}messages/es.json`)
  const source = sourceUnder(root)
  const ids = Object.keys(en)

  test('both languages have the same messages', () => {
    expect(ids.length).toBeGreaterThan(20)
    expect(Object.keys(es)).toEqual(ids)
  })

  test('every message is used', () => {
    const literals = new Set([...source.matchAll(/'([a-z][\w.]*)'/gi)].map(([, id]) => id))
    const prefixes = [...source.matchAll(/`([a-z][\w.]*\.)\$\{/gi)].map(([, prefix]) => prefix ?? '')
    const unused = ids.filter((id) => !literals.has(id) && !prefixes.some((prefix) => id.startsWith(prefix)))
    expect(unused).toEqual([])
  })

  test('every message is translated and takes the same values in both languages', () => {
    const untranslated = ids.filter(
      (id) => en[id] === es[id] && !SAME.has(id) && /[a-z]{3}/i.test(bare(en[id])),
    )
    expect(untranslated).toEqual([])
    const differing = ids.filter((id) => valuesOf(en[id]).join() !== valuesOf(es[id]).join())
    expect(differing).toEqual([])
  })

  test.each(['en', 'es'] as const)('every message of %s can be worded', (language) => {
    const messages = language === 'en' ? en : es
    const faults: string[] = []
    const intl = createIntl({ locale: language, messages, onError: (error) => faults.push(error.message) })
    for (const id of ids)
      intl.formatMessage({ id }, Object.fromEntries(valuesOf(en[id]).map((name) => [name, 2])))
    expect(faults).toEqual([])
  })
})

/** A message without its values. */
function bare(message = ''): string {
  return message.replaceAll(/\{\w+\}/g, '')
}

/** The names of the values that a message takes. */
function valuesOf(message = ''): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].sort()
}

function sourceUnder(root: string): string {
  const folder = web + root
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|gen)\./.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n')
}
