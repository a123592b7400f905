import { expect, test } from 'vitest'
import { BILLING_SEEDS, PAYMENT_SEEDS } from './seeds-money.ts'
import { COLLECTION_SEEDS, SERVICE_SEEDS } from './seeds-service.ts'
import { checkTemplate, checkText, fillText, type NoticeTemplate, wordFacts } from './template.ts'

const template: NoticeTemplate = {
  clientId: 1,
  templateCode: 'late_reminder',
  name: 'Late',
  category: 'collection',
  legal: false,
  letters: true,
  facts: { pastDue: 'money', dueDate: 'date', instalments: 'number', reason: 'text' },
}
const text = (body: string, subject = 'Late') => ({
  clientId: 1,
  templateCode: 'late_reminder',
  channel: 'letter' as const,
  language: 'en' as const,
  startDate: '2026-01-01',
  subject,
  body,
})
const standard = {
  customerName: 'Ana O’Neil',
  accountNumber: '00000042-1',
  companyName: 'Town Light',
  companyPhone: '217-555-0100',
  companyWebsite: 'townlight.example',
  today: '2026-03-04',
}
const facts = { ...standard, pastDueCents: 123456, dueDate: '2026-03-01', instalments: 3, reason: 'a\nb' }

test('facts are worded in the language of the notice', () => {
  const english = wordFacts(template, facts, 'en').words ?? {}
  const spanish = wordFacts(template, facts, 'es').words ?? {}
  const body = '{pastDue} of {dueDate}, {instalments} times, {reason}, {today}'
  expect(fillText(body, english)).toBe('$1,234.56 of Mar 1, 2026, 3 times, a b, Mar 4, 2026')
  expect(fillText(body, spanish)).toBe('$1,234.56 of 1 mar 2026, 3 times, a b, 4 mar 2026')
})

test('what a fact says is never read as a placeholder', () => {
  const { words } = wordFacts(template, { ...facts, reason: '{pastDue}' }, 'en')
  expect(fillText('{reason}', words ?? {})).toBe('{pastDue}')
})

test.each([
  [{ pastDueCents: undefined }, 'pastDueCents'],
  [{ pastDueCents: 12.5 }, 'pastDueCents'],
  [{ dueDate: '2026-02-30' }, 'dueDate'],
  [{ reason: 7 }, 'reason'],
])('a fact that is missing or wrong is named: %j', (change, missing) => {
  expect(wordFacts(template, { ...facts, ...change }, 'en')).toEqual({ missing })
})

test('words that name no fact of the template, or none at all, are refused', () => {
  const codeOf = (body: string, subject?: string) => {
    try {
      checkText(template, text(body, subject))
    } catch (error) {
      return (error as { code: string }).code
    }
    return 'taken'
  }
  expect(codeOf('{pastDue} {customerName}')).toBe('taken')
  expect(codeOf('{amount}')).toBe('placeholder_unknown')
  expect(codeOf('fine', '{constructor}')).toBe('placeholder_unknown')
  expect(codeOf(' ')).toBe('text_malformed')
  expect(codeOf('fine', 'two\nlines')).toBe('text_malformed')
})

test('a template may not take the name of a fact that every notice has', () => {
  expect(() => checkTemplate({ ...template, facts: { companyName: 'text' } })).toThrow('a name of its own')
  expect(() => checkTemplate({ ...template, templateCode: 'Late!' })).toThrow('lower case letters')
})

test('what a client begins with is complete in both languages and names only its facts', () => {
  const seeds = [...BILLING_SEEDS, ...PAYMENT_SEEDS, ...COLLECTION_SEEDS, ...SERVICE_SEEDS]
  expect(new Set(seeds.map((seed) => seed.templateCode)).size).toBe(seeds.length)
  expect(seeds.length).toBeGreaterThan(15)
  for (const { en, es, legal = false, letters = true, ...seed } of seeds) {
    const own = { clientId: 1, legal, letters, ...seed }
    checkTemplate(own)
    checkText(own, text(en.body, en.subject))
    checkText(own, text(es.body, es.subject))
    for (const fact of Object.keys(seed.facts))
      for (const words of [en, es]) expect(`${words.subject} ${words.body}`).toContain(`{${fact}}`)
  }
})
