import { expect, test } from 'vitest'
import type { AccountContact } from '../../customers/index.ts'
import { chooseChannels, type Preference } from './preference.ts'

const main: AccountContact = {
  customerId: 7,
  accountNumber: 1,
  personId: 3,
  role: 'main',
  name: 'Ana',
  language: 'en',
  email: 'ana@example.com',
}
const copy: AccountContact = { ...main, personId: 4, role: 'copy' }
const plain = { category: 'collection', legal: false, letters: true } as const
const legal = { ...plain, legal: true } as const
const light = { ...plain, letters: false } as const
const paper = { deliveryMethod: 'paper' } as const
const electronic = { deliveryMethod: 'email' } as const

function wish(channel: Preference['channel'], wanted: boolean, accountNumber = 0): Preference {
  return { customerId: 7, accountNumber, personId: 3, category: 'collection', channel, wanted }
}

test.each([
  ['a letter where bills are paper', plain, paper, main, [], ['letter']],
  ['an e-mail where bills go by e-mail', plain, electronic, main, [], ['email']],
  ['what the person asks for instead', plain, paper, main, [wish('email', true)], ['email']],
  [
    'both when both are asked for',
    plain,
    paper,
    main,
    [wish('email', true), wish('letter', true)],
    ['letter', 'email'],
  ],
  ['nothing when the usual way is turned down', plain, paper, main, [wish('letter', false)], ['preference']],
  [
    'the account before all accounts',
    plain,
    paper,
    main,
    [wish('letter', false), wish('letter', true, 1)],
    ['letter'],
  ],
  [
    'a letter for the law, whatever is preferred',
    legal,
    electronic,
    main,
    [wish('email', false)],
    ['letter'],
  ],
  ['a letter for the law beside the e-mail', legal, electronic, main, [], ['email', 'letter']],
  ['no text message, nobody carries it', plain, paper, main, [wish('text', true)], ['no_address']],
  ['no e-mail without an address', plain, electronic, { ...main, email: null }, [], ['no_address']],
  ['a copy by e-mail only', legal, paper, copy, [], ['email']],
  ['no letter for what is not worth one', light, paper, main, [], ['email']],
  ['nothing then without an address', light, paper, { ...main, email: null }, [], []],
  ['that letter when it is asked for', light, paper, main, [wish('letter', true)], ['letter']],
  [
    'another kind keeps its way',
    plain,
    paper,
    main,
    [{ ...wish('letter', false), category: 'billing' }],
    ['letter'],
  ],
] as const)('%s', (_, template, account, contact, preferences, expected) => {
  const choices = chooseChannels(template, account, contact, preferences as readonly Preference[])
  expect(choices.map((choice) => choice.suppressed ?? choice.channel)).toEqual(expected)
})
