import { monthlyWindows, saveCycle } from '../domain/billing/index.ts'
import { createCustomer, createPerson } from '../domain/customers/index.ts'
import {
  audit,
  createClient,
  createCompany,
  createOperatorRole,
  createStaffUser,
  createStandardRoles,
} from '../domain/identity/index.ts'
import { saveGatewayAccount } from '../domain/payments/index.ts'
import { openClient } from '../domain/setup/index.ts'
import { saveTariff } from '../domain/tariffs/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { type LocalDate, Temporal } from '../platform/time.ts'
import { CYCLES, type DemoCycle, TIME_ZONE } from './calendar.ts'
import { DEMO_ACTOR, type DemoContext } from './context.ts'
import { loadRules } from './load-rules.ts'
import { PLANS } from './tariffs/index.ts'

export const CLIENT_CODE = 'demo'
const UTILITY = 'Juniper Valley Power'
const OPENED = Temporal.Instant.from('2025-07-15T16:00:00Z')
const WINDOWS_AHEAD = 3

const OFFICE = { line1: '1 Courthouse Square', city: 'Juniper Valley', state: 'CA', postalCode: '93990' }
const LOCKBOX = { line1: 'PO Box 900', city: 'Juniper Valley', state: 'CA', postalCode: '93999' }

/** Who works at the demo utility; all have the password of the demo. */
const STAFF = [
  { userName: 'ops', displayName: 'Olivia Park', roles: ['operations'] },
  { userName: 'admin', displayName: 'Ada Kessler', roles: ['administrator', 'operator'] },
  { userName: 'supervisor', displayName: 'Samuel Ortiz', roles: ['supervisor'] },
  { userName: 'csr', displayName: 'Carla Mendoza', roles: ['service'] },
  { userName: 'auditor', displayName: 'Arthur Voss', roles: ['auditor'] },
] as const

/** This will create the utility: its company, books, staff, cycles and tariffs. Returns the client's id. */
export async function loadUtility(tx: Tx, { permissions, size }: DemoContext): Promise<number> {
  const clientId = await createClient(tx, {
    code: CLIENT_CODE,
    name: UTILITY,
    timeZone: TIME_ZONE,
    settings: { demo: size, payments: { gateway: 'sandbox' } },
    now: OPENED,
  })
  const companyId = await createCompany(tx, {
    clientId,
    code: 'jvp',
    name: UTILITY,
    kind: 'utility',
    timeZone: TIME_ZONE,
    address: OFFICE,
    remitAddress: LOCKBOX,
    phone: '(209) 555-0100',
    email: 'service@junipervalleypower.example.com',
    website: 'https://junipervalleypower.example.com',
  })
  await openClient(tx, clientId)
  const sandbox = { gateway: 'sandbox', settings: {}, secrets: {} }
  await saveGatewayAccount(tx, { clientId, ...sandbox, now: OPENED, actor: DEMO_ACTOR })
  await loadRules(tx, clientId, OPENED)
  await loadStaff(tx, clientId, permissions)
  await openOwnFile(tx, clientId, companyId)
  for (const { tariffId, document, name, customerClass } of PLANS)
    await saveTariff(tx, { clientId, companyId, tariffId, document, name, customerClass, now: OPENED })
  for (const cycle of CYCLES) await saveWindows(tx, clientId, cycle, { months: size.months })
  await audit(tx, {
    clientId,
    at: OPENED,
    actor: DEMO_ACTOR,
    operation: 'loadUtility',
    subject: `client:${clientId}`,
  })
  return clientId
}

async function loadStaff(tx: Tx, clientId: number, permissions: readonly string[]): Promise<void> {
  await createStandardRoles(tx, { clientId, permissions })
  await createOperatorRole(tx, { clientId, permissions })
  for (const { roles, ...person } of STAFF)
    await createStaffUser(tx, {
      ...person,
      clientId,
      email: `${person.userName}@junipervalleypower.example.com`,
      password: 'right-bill-demo',
      roles,
      now: OPENED,
    })
}

/** Number 0 is the client's own file: the lockbox pays from it. */
async function openOwnFile(tx: Tx, clientId: number, companyId: number): Promise<void> {
  const name = { kind: 'organisation', organisationName: UTILITY } as const
  const mainPersonId = await createPerson(tx, { clientId, name, now: OPENED })
  const file = {
    clientId,
    companyId,
    number: 0,
    mainPersonId,
    class: 'internal',
    since: '2025-07-15',
  } as const
  await createCustomer(tx, { ...file, now: OPENED })
}

/** This will keep the windows of a cycle's billed months, and of some ahead of a day. */
export async function saveWindows(
  tx: Tx,
  clientId: number,
  cycle: DemoCycle,
  { months, today = cycle.lastBilled }: { months: number; today?: LocalDate },
): Promise<void> {
  const last = Temporal.PlainDate.from(cycle.lastBilled)
  const first = last.subtract({ months: months - 1 }).toString()
  const ahead = last.until(Temporal.PlainDate.from(today), { largestUnit: 'months' }).months + WINDOWS_AHEAD
  const windows = monthlyWindows(cycle.code, first, months + ahead)
  await saveCycle(tx, { clientId, cycleCode: cycle.code, name: cycle.name, windows })
}
