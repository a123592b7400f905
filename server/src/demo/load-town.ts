import {
  addExemption,
  addFact,
  assignPlan,
  setFlag,
  startAgreement,
  stopAgreement,
} from '../domain/agreements/index.ts'
import {
  addAlert,
  addLog,
  createCustomer,
  createPerson,
  customerIdOf,
  openBillingAccount,
} from '../domain/customers/index.ts'
import { audit, findClient, listCompanies } from '../domain/identity/index.ts'
import { createServicePoint, installMeter, registerMeter } from '../domain/metering/index.ts'
import { createPremise } from '../domain/premises/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { type LocalDate, Temporal } from '../platform/time.ts'
import { buildTown } from './build-town.ts'
import { CLOCK_START, cycleStart, TIME_ZONE } from './calendar.ts'
import { atHour, DEMO_ACTOR, type DemoContext } from './context.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { openSeries } from './readings.ts'
import { updateStep } from './store.ts'
import { planNumber } from './tariffs/index.ts'
import { CITY, type DemoAccount, type DemoAgreement, type DemoCustomer, type DemoSite } from './town.ts'

const METERS_INSTALLED = Temporal.Instant.from('2024-03-12T17:00:00Z')

/** A site that is built, by its badge: several agreements may follow one another at it. */
interface BuiltSite {
  premiseId: number
  servicePointId: number
}

interface TownPlace {
  clientId: number
  companyId: number
  months: number
  /** Sites built so far by this batch; agreements that share a site are in one. */
  built: Map<string, BuiltSite>
}

const BATCH = 50

/** This will load the town's customers from the `from`-th on, some at a time. */
export async function loadTown({ database, size, onProgress }: DemoContext, from: string) {
  const customers = buildTown(size)
  const { clientId } = await findClient(database.read, CLIENT_CODE)
  const [company] = await listCompanies(database.read, clientId)
  if (!company) throw new Error('the demo utility has no company')
  for (let start = Number(from); start < customers.length; start += BATCH) {
    const batch = customers.slice(start, start + BATCH)
    await database.transaction(async (tx) => {
      const place = { clientId, companyId: company.companyId, months: size.months, built: new Map() }
      for (const customer of batch) await loadCustomer(tx, place, customer)
      await updateStep(tx, `town ${start + BATCH}`)
    })
    onProgress('town', Math.min(start + BATCH, customers.length), customers.length)
  }
  return { count: customers.length, unit: 'customers' }
}

/** This will open a customer's file with everything on it: person, accounts, sites, meters, agreements, notes. */
async function loadCustomer(tx: Tx, place: TownPlace, customer: DemoCustomer): Promise<void> {
  const { clientId, companyId } = place
  const firstDay = cycleStart(customer.accounts[0]?.cycleCode ?? '01', place.months)
  const opened = atHour(customer.since > firstDay ? customer.since : firstDay, 8)
  const mainPersonId = await createPerson(tx, { ...customer, clientId, now: opened })
  const { number, class: customerClass, since } = customer
  const file = { clientId, companyId, number, mainPersonId, class: customerClass, since, now: opened }
  const customerId = await createCustomer(tx, file)
  for (const account of customer.accounts) await loadAccount(tx, place, customer, account)
  for (const alert of customer.alerts ?? [])
    await addAlert(tx, { ...alert, customerId, actor: DEMO_ACTOR, now: atHour(alert.startDate, 9) })
  for (const { day, kind, text } of customer.notes ?? [])
    await addLog(tx, {
      customerId,
      at: atHour(day, 11),
      actor: { ...DEMO_ACTOR, actor: 'user:csr' },
      kind,
      text,
    })
  await audit(tx, {
    clientId,
    at: opened,
    actor: DEMO_ACTOR,
    operation: 'createCustomer',
    subject: `customer:${customerId}`,
  })
}

async function loadAccount(
  tx: Tx,
  place: TownPlace,
  customer: DemoCustomer,
  account: DemoAccount,
): Promise<void> {
  const customerId = customerIdOf(place.clientId, customer.number)
  const openedOn = firstOf(account.agreements.map((one) => startOf(place, account, one)))
  const [first] = account.agreements
  if (!first) throw new Error(`customer ${customer.number} of the demo has an account without agreements`)
  const { line1, line2, postalCode } = account.agreements.findLast((one) => !one.endDate)?.site ?? first.site
  const accountNumber = await openBillingAccount(tx, {
    customerId,
    cycleCode: account.cycleCode,
    openedOn,
    deliveryMethod: account.delivery,
    mailingAddress: { line1, ...(line2 && account.agreements.length < 3 && { line2 }), postalCode, ...CITY },
  })
  for (const agreement of account.agreements) {
    const site = await siteOf(tx, place, agreement.site)
    await loadAgreement(tx, { customerId, accountNumber }, agreement, {
      ...site,
      startDate: startOf(place, account, agreement),
    })
  }
}

const firstOf = (days: readonly LocalDate[]) => days.reduce((first, day) => (day < first ? day : first))

function startOf(place: TownPlace, account: DemoAccount, agreement: DemoAgreement): LocalDate {
  const first = cycleStart(account.cycleCode, place.months)
  return agreement.startDate !== undefined && agreement.startDate > first ? agreement.startDate : first
}

async function siteOf(tx: Tx, place: TownPlace, site: DemoSite): Promise<BuiltSite> {
  const known = place.built.get(site.badge)
  if (known) return known
  const { clientId } = place
  const now = METERS_INSTALLED
  const { line1, line2, kind, postalCode, badge, externalNumber } = site
  const premiseId = await createPremise(tx, {
    clientId,
    kind,
    line1,
    ...(line2 && { line2 }),
    postalCode,
    ...CITY,
    now,
  })
  const servicePointId = await createServicePoint(tx, {
    clientId,
    premiseId,
    serviceKind: kind === 'lighting' ? 'lighting' : 'electricity',
    timeZone: TIME_ZONE,
    externalNumber,
    now,
  })
  const deviceId = await registerMeter(tx, {
    clientId,
    badge,
    serialNumber: `JV${badge}`,
    channels: channelsOf(site),
    now,
  })
  await installMeter(tx, { servicePointId, deviceId, installedAt: METERS_INSTALLED })
  await openSeries(tx, servicePointId, site)
  const built = { premiseId, servicePointId }
  place.built.set(badge, built)
  return built
}

function channelsOf({ intervalSeconds, load }: DemoSite) {
  if (intervalSeconds === 0) return [{ kind: 'register', unit: 'kWh', flow: 'delivered', dials: 5 } as const]
  const interval = { kind: 'interval', unit: 'kWh', intervalSeconds } as const
  const delivered = { ...interval, flow: 'delivered' as const }
  return load.solarW === undefined ? [delivered] : [delivered, { ...interval, flow: 'received' as const }]
}

async function loadAgreement(
  tx: Tx,
  account: { customerId: number; accountNumber: number },
  agreement: DemoAgreement,
  { servicePointId, premiseId, startDate }: BuiltSite & { startDate: LocalDate },
): Promise<void> {
  const { customerId } = account
  const start = atHour(startDate, 12)
  const agreementId = await startAgreement(tx, {
    ...account,
    startDate,
    premiseId,
    points: [{ servicePointId }],
    tariffId: planNumber(agreement.plan),
    now: Temporal.Instant.compare(start, CLOCK_START) > 0 ? CLOCK_START : start,
  })
  const key = { customerId, agreementId }
  const { change, endDate } = agreement
  if (change && change.startDate > startDate)
    await assignPlan(tx, { ...key, tariffId: planNumber(change.plan), startDate: change.startDate })
  for (const [factCode, value] of Object.entries(agreement.facts ?? {}))
    await addFact(tx, { ...key, factCode, value, startDate })
  for (const exemption of agreement.exemptions ?? [])
    await addExemption(tx, { ...key, ...exemption, startDate })
  for (const flag of agreement.flags ?? []) await setFlag(tx, { ...key, ...flag })
  if (endDate) await stopAgreement(tx, { ...key, endDate, now: atHour(endDate, 12) })
}
