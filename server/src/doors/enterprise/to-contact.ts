import type { z } from 'zod'
import { type ContactKind, customerNumber, type PersonName } from '../../domain/customers/index.ts'
import type { ContactListed } from '../../domain/overview/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { CustomerContact } from './contacts.wire.ts'
import { given } from './from-wire.ts'
import { toDescription, toFlag, toText } from './to-wire.ts'

interface Names {
  firstName?: string | undefined
  lastName?: string | undefined
  organizationName?: string | undefined
  doingBusinessAsName?: string | undefined
}

/** This will read a name: of a human or of an organization, not of both. */
export function nameOf({ firstName, lastName, organizationName, doingBusinessAsName }: Names): PersonName {
  const alias = doingBusinessAsName ? { doingBusinessAs: doingBusinessAsName } : {}
  if (lastName !== undefined && organizationName === undefined)
    return { kind: 'human', ...(firstName ? { firstName } : {}), lastName, ...alias }
  if (organizationName !== undefined && lastName === undefined)
    return { kind: 'organisation', organisationName: organizationName, ...alias }
  throw fault('lastName', 'or organizationName must be given, not both', 'Name a human or an organization.')
}

export const fault = (field: string, message: string, sentence: string) =>
  new Refusal('malformed', 'request_malformed', sentence, [{ pointer: `/${field}`, in: 'body', message }])

/** What is said of each kind; an empty text: there is none any more. */
export function methodsOf(body: {
  phoneNumber?: string | undefined
  mobileNumber?: string | undefined
  emailAddress?: string | undefined
}): { kind: ContactKind; value: string | null }[] {
  const { phoneNumber: phone, mobileNumber: mobile, emailAddress: email } = body
  return Object.entries(given({ phone, mobile, email })).map(([kind, value]) => ({
    kind: kind as ContactKind,
    value: value || null,
  }))
}

export function toCustomerContact(
  contact: ContactListed,
  day: LocalDate,
  index = 0,
): z.input<typeof CustomerContact> {
  const isActive = ({ startDate, endDate }: { startDate: LocalDate; endDate: LocalDate | null }) =>
    startDate <= day && (endDate === null || endDate > day)
  const used = (kind: ContactKind) =>
    toText(contact.methods.find((one) => one.kind === kind && one.endDate === null)?.value)
  return {
    record: String(index + 1),
    customerId: String(customerNumber(contact.customerId)),
    contactId: String(contact.personId),
    typeCode: contact.kind,
    contactName: contact.name,
    firstName: toText(contact.firstName),
    lastName: toText(contact.lastName),
    organizationName: toText(contact.organisationName),
    doingBusinessAsName: toText(contact.doingBusinessAs),
    languageCode: contact.language,
    mainFlag: toFlag(contact.main),
    phoneNumber: used('phone'),
    mobileNumber: used('mobile'),
    emailAddress: used('email'),
    startDate: toText(contact.since),
    roles: contact.roles.map((role) => ({
      billingPackageId: String(role.accountNumber),
      roleCode: role.role as 'main',
      roleDescription: toDescription(role.role),
      startDate: role.startDate,
      endDate: toText(role.endDate),
      activeFlag: toFlag(isActive(role)),
    })),
    contactMethods: contact.methods.map((method) => ({
      contactMethodId: String(method.contactNumber),
      typeCode: method.kind,
      value: method.value,
      mainFlag: toFlag(method.main),
      startDate: method.startDate,
      endDate: toText(method.endDate),
      activeFlag: toFlag(isActive(method)),
    })),
  }
}
