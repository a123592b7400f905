import { apart, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Instant, localDateAt } from '../../../platform/time.ts'
import { createCustomer, createPerson, customerIdOf, getCustomer } from '../../customers/index.ts'
import { getClient, listCompanies } from '../../identity/index.ts'

/** This will answer the client's own file (customer number 0), where money of nobody yet waits; it is opened at need. */
export async function openOwnFile(tx: Tx, clientId: number, now: Instant): Promise<number> {
  const customerId = customerIdOf(clientId, 0)
  const { error } = await apart(tx, () => getCustomer(tx, customerId))
  if (error === undefined) return customerId
  if (!isRefusal(error, 'customer_unknown')) throw error
  const opened = await apart(tx, () => createOwnFile(tx, clientId, now))
  // Another transaction may have opened it a moment ago.
  if (opened.error !== undefined && !isRefusal(opened.error, 'customer_number_taken')) throw opened.error
  return customerId
}

async function createOwnFile(tx: Tx, clientId: number, now: Instant): Promise<void> {
  const { name: organisationName, timeZone } = await getClient(tx, clientId)
  const [company] = await listCompanies(tx, clientId)
  if (!company)
    throw new Refusal('conflict', 'company_missing', 'The client has no company yet; create it first.')
  const name = { kind: 'organisation' as const, organisationName }
  const mainPersonId = await createPerson(tx, { clientId, name, now })
  const { companyId } = company
  const since = localDateAt(now, timeZone)
  await createCustomer(tx, { clientId, number: 0, companyId, mainPersonId, class: 'internal', since, now })
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof Refusal && error.code === code
}
