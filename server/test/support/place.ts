import { createServicePoint, type ServiceKind } from '../../src/domain/metering/index.ts'
import { createPremise } from '../../src/domain/premises/index.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { Temporal } from '../../src/platform/time.ts'

const now = Temporal.Instant.from('2025-01-01T00:00:00Z')

/** This will give a database a client 1 with company 1, in the owner's name. */
export async function makeClient(owner: Database, clientId = 1): Promise<number> {
  const client = {
    client_id: clientId,
    code: `client-${clientId}`,
    name: 'Test',
    time_zone: 'America/Chicago',
  }
  await owner.read
    .insertInto('client')
    .values({ ...client, created_at: now })
    .execute()
  const company = { client_id: clientId, company_id: 1, code: 'u', name: 'Utility', kind: 'utility' }
  await owner.read
    .insertInto('company')
    .values({ ...company, currency: 'USD', time_zone: 'America/Chicago' })
    .execute()
  return clientId
}

/** This will add a service point at a premise of its own. */
export async function makeServicePoint(
  db: Database,
  {
    clientId = 1,
    serviceKind = 'electricity' as ServiceKind,
    timeZone = 'America/Chicago',
    externalNumber = '',
  } = {},
): Promise<number> {
  return await db.transaction(async (tx) => {
    const address = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }
    const premiseId = await createPremise(tx, { clientId, kind: 'house', ...address, now })
    const external = externalNumber === '' ? {} : { externalNumber }
    return await createServicePoint(tx, { clientId, premiseId, serviceKind, timeZone, ...external, now })
  })
}
