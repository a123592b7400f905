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
import type { Tx } from '../platform/db/index.ts'
import { type LocalDate, Temporal } from '../platform/time.ts'
import { type BuiltSite, buildSites } from './build-sites.ts'
import { buildTown } from './build-town.ts'
import { CLOCK_START, cycleStart } from './calendar.ts'
import { atHour, DEMO_ACTOR, type DemoContext } from './context.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { updateStep } from './store.ts'
import { planNumber } from './tariffs/index.ts'
import { CITY, type DemoAccount, type DemoAgreement, type DemoCustomer } from './town.ts'

interface TownPlace {
  clientId: number
  companyId: number
  months: number
  /** The sites of these customers, by badge. */
  sites: ReadonlyMap<string, BuiltSite>
}

const BATCH = 50

/**
 * This will load the town's customers from the `from`-th on, some at a time: while their files are opened, the sites of
 * the next ones are built beside, so that the database and this program both have work.
 */
export async function loadTown(context: DemoContext, from: string) {
  const { database, size, onProgress } = context
  const customers = buildTown(size)
  const { clientId } = await findClient(database.read, CLIENT_CODE)
  const [company] = await listCompanies(database.read, clientId)
  if (!company) throw new Error('the demo utility has no company')
  const batchAt = (start: number) => customers.slice(start, start + BATCH)
  const build = (start: number) => buildSites(database, clientId, batchAt(start))
  let sites = await build(Number(from))
  for (let start = Number(from); start < customers.length; start += BATCH) {
    const place = { clientId, companyId: company.companyId, months: size.months, sites }
    const opened = database.transaction(async (tx) => {
      for (const customer of batchAt(start)) await loadCustomer(tx, place, customer)
      await updateStep(tx, `town ${start + BATCH}`)
    })
    ;[, sites] = await Promise.all([opened, build(start + BATCH)])
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
    const site = place.sites.get(agreement.site.badge)
    if (!site) throw new Error(`meter ${agreement.site.badge} of the demo has no place`)
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
