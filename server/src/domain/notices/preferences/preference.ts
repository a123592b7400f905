import type { AccountContact, AccountKey, BillingAccount } from '../../customers/index.ts'
import { type Category, CHANNELS, type Channel, type NoticeTemplate } from '../templates/template.ts'

/** How a person wants to hear of a kind of notice. Account 0 stands for all of the customer's. */
export interface Preference extends AccountKey {
  personId: number
  category: Category
  channel: Channel
  wanted: boolean
}

/** A channel to use, or why there is none. */
export type Choice = { channel: Channel; suppressed?: undefined } | { channel: Channel; suppressed: string }

/**
 * This will choose the channels of a notice for one person. Channels that the person asks for come first; without any it
 * is e-mail where bills go by e-mail, else a letter, unless the person has turned that down; what is not worth a letter
 * is an e-mail or nothing. A legal notice to the main person is always a letter too. Letters go to the account's address, so to its main person only.
 */
export function chooseChannels(
  template: Pick<NoticeTemplate, 'category' | 'legal' | 'letters'>,
  account: Pick<BillingAccount, 'deliveryMethod'>,
  contact: AccountContact,
  preferences: readonly Preference[],
): Choice[] {
  const wishes = new Map(
    CHANNELS.map((channel) => [channel, wishFor(channel, template, contact, preferences)]),
  )
  const asked = CHANNELS.filter((channel) => wishes.get(channel) === true)
  const isElectronic = !template.letters || contact.role === 'copy' || account.deliveryMethod === 'email'
  const usual: Channel = isElectronic ? 'email' : 'letter'
  const wanted = asked.length > 0 || wishes.get(usual) === false ? asked : [usual]
  const reachable = wanted.filter((channel) => canReach(channel, contact))
  const legal: Channel[] = template.legal && contact.role === 'main' ? ['letter'] : []
  const chosen = [...new Set([...reachable, ...legal])]
  if (chosen.length > 0) return chosen.map((channel) => ({ channel }))
  if (!template.letters && asked.length === 0) return []
  return [{ channel: usual, suppressed: wanted.length === 0 ? 'preference' : 'no_address' }]
}

/** No provider of text messages is connected. */
function canReach(channel: Channel, contact: AccountContact): boolean {
  if (channel === 'email') return contact.email !== null
  return channel === 'letter' && contact.role === 'main'
}

/** The account's own wish comes before the one for all accounts. */
function wishFor(
  channel: Channel,
  { category }: Pick<NoticeTemplate, 'category'>,
  contact: AccountContact,
  preferences: readonly Preference[],
): boolean | undefined {
  const own = preferences.filter(
    (one) =>
      one.customerId === contact.customerId &&
      one.personId === contact.personId &&
      one.category === category &&
      one.channel === channel,
  )
  const exact = own.find((one) => one.accountNumber === contact.accountNumber)
  return (exact ?? own.find((one) => one.accountNumber === 0))?.wanted
}

/**
 * This will choose how a person hears of a bill. Where bills go by e-mail the main person gets it by e-mail, whatever
 * else is preferred; elsewhere the bill itself comes by post, and e-mail is for those who asked for it or get copies.
 */
export function chooseForBill(
  account: Pick<BillingAccount, 'deliveryMethod'>,
  contact: AccountContact,
  preferences: readonly Preference[],
): Choice[] {
  const isRouted = account.deliveryMethod === 'email' && contact.role === 'main'
  const wish = wishFor('email', { category: 'billing' }, contact, preferences)
  if (!isRouted && !(wish ?? contact.role === 'copy')) return []
  return [canReach('email', contact) ? { channel: 'email' } : { channel: 'email', suppressed: 'no_address' }]
}
