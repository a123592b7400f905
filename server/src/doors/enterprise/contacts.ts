import type { z } from 'zod'
import {
  addContact,
  changeContact,
  customerIdOf,
  endContact,
  getBillingAccount,
  getCustomer,
} from '../../domain/customers/index.ts'
import { type ContactListed, listContacts } from '../../domain/overview/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Context } from '../../platform/http/endpoint.ts'
import { actorOf, todayOf, writeLog } from './act.ts'
import { ContactPath, CustomerContact, EditContactBody, SaveContactBody } from './contacts.wire.ts'
import { type EnterpriseSide, endpoint } from './endpoint.ts'
import { given } from './from-wire.ts'
import { fault, methodsOf, nameOf, toCustomerContact } from './to-contact.ts'
import { answer, CustomerPath, fromPaging, Paging, pagedAnswer, toPaged } from './wire.ts'

const PATH = '/customers/{customerId}/contacts'

export const contactEndpoints = [
  endpoint({
    route: `GET ${PATH}`,
    name: 'getContacts',
    source: 'ep-118',
    tag: 'Contact',
    summary: 'Everybody who has to do with a customer, the customer itself first',
    permission: 'contact.read',
    scope: 'client',
    params: CustomerPath,
    query: Paging,
    reply: pagedAnswer(CustomerContact),
    async handle({ params, query }, context) {
      const { tx, caller } = context
      const { customerId } = await getCustomer(tx, customerIdOf(caller.clientId, params.customerId))
      const today = await todayOf(context)
      const page = fromPaging(query)
      const { rows, total } = await listContacts(tx, { customerId }, page)
      const contacts = rows.map((row, index) => toCustomerContact(row, today, index))
      return toPaged(contacts, total, page)
    },
  }),
  endpoint({
    route: `GET ${PATH}/{contactId}`,
    name: 'getContact',
    source: 'ep-119',
    tag: 'Contact',
    summary: 'A person of a customer: names, numbers and addresses, and what it is to each billing package',
    permission: 'contact.read',
    scope: 'client',
    params: ContactPath,
    reply: answer(CustomerContact),
    async handle({ params }, context) {
      const customerId = customerIdOf(context.caller.clientId, params.customerId)
      return { responseData: [await contactOf({ customerId, personId: params.contactId }, context)] }
    },
  }),
  endpoint({
    route: `POST ${PATH}`,
    name: 'saveContact',
    source: 'ep-120',
    tag: 'Contact',
    summary: 'Record who pays for a billing package, stands surety for it or gets copies of its bills',
    permission: 'contact.create',
    scope: 'client',
    params: CustomerPath,
    body: SaveContactBody,
    reply: answer(CustomerContact),
    async handle({ params, body }, context) {
      const customerId = customerIdOf(context.caller.clientId, params.customerId)
      return { responseData: [await save(customerId, body, context)] }
    },
  }),
  endpoint({
    route: `PUT ${PATH}/{contactId}`,
    name: 'editContact',
    source: 'ep-121',
    tag: 'Contact',
    summary: 'Change a person of a customer, or end what it is to a billing package',
    description:
      'What is left out stays; a new phone number or e-mail address takes the place of the old one from today.',
    permission: 'contact.update',
    scope: 'client',
    params: ContactPath,
    body: EditContactBody,
    reply: answer(CustomerContact),
    async handle({ params, body }, context) {
      const customerId = customerIdOf(context.caller.clientId, params.customerId)
      return { responseData: [await edit({ customerId, personId: params.contactId }, body, context)] }
    },
  }),
]

interface ContactKey {
  customerId: number
  personId: number
}

async function contactOf(
  key: ContactKey,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CustomerContact>> {
  return toCustomerContact(await readContact(key, context), await todayOf(context))
}

async function readContact(key: ContactKey, { tx }: Context<EnterpriseSide>): Promise<ContactListed> {
  const { rows } = await listContacts(tx, key, { page: 1, pageSize: 1 })
  if (rows[0]) return rows[0]
  throw new Refusal('not_found', 'contact_unknown', `This customer has no contact ${key.personId}.`)
}

async function save(
  customerId: number,
  body: z.output<typeof SaveContactBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CustomerContact>> {
  const { tx, now } = context
  const account = { customerId, accountNumber: body.billingPackageId }
  await getBillingAccount(tx, account)
  const personId = await addContact(tx, {
    ...account,
    name: nameOf(body),
    language: body.languageCode ?? 'en',
    contacts: methodsOf(body).flatMap(({ kind, value }) => (value === null ? [] : [{ kind, value }])),
    role: body.roleCode,
    startDate: body.startDate ?? (await todayOf(context)),
    ...given({ endDate: body.endDate }),
    now,
    actor: actorOf(context, body.logText),
  })
  await writeLog(context, account, body.logText)
  return contactOf({ customerId, personId }, context)
}

async function edit(
  key: ContactKey,
  body: z.output<typeof EditContactBody>,
  context: Context<EnterpriseSide>,
): Promise<z.input<typeof CustomerContact>> {
  const { tx, now } = context
  const before = await readContact(key, context)
  const day = await todayOf(context)
  const acted = { now, actor: actorOf(context, body.logText) }
  const names = {
    firstName: body.firstName ?? before.firstName ?? '',
    lastName: body.lastName ?? (body.organizationName ? undefined : (before.lastName ?? undefined)),
    organizationName:
      body.organizationName ?? (body.lastName ? undefined : (before.organisationName ?? undefined)),
    doingBusinessAsName: body.doingBusinessAsName ?? before.doingBusinessAs ?? '',
  }
  const language = given({ language: body.languageCode })
  await changeContact(tx, {
    ...key,
    name: nameOf(names),
    ...language,
    contacts: methodsOf(body),
    day,
    ...acted,
  })
  if (body.endDate !== undefined || body.billingPackageId !== undefined)
    await endContact(tx, { ...key, ...endOf(body), ...acted })
  await writeLog(context, { customerId: key.customerId }, body.logText)
  return contactOf(key, context)
}

function endOf({ billingPackageId, endDate }: z.output<typeof EditContactBody>) {
  if (billingPackageId !== undefined && endDate !== undefined)
    return { accountNumber: billingPackageId, endDate }
  const missing = endDate === undefined ? 'endDate' : 'billingPackageId'
  throw fault(missing, 'is missing', 'An end needs its day and its billing package.')
}
