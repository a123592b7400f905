import { startAgreement } from '../../src/domain/agreements/index.ts'
import { monthlyWindows, saveCycle } from '../../src/domain/billing/index.ts'
import { createCustomer, createPerson, openBillingAccount } from '../../src/domain/customers/index.ts'
import { type Actor, createClient, createCompany } from '../../src/domain/identity/index.ts'
import { createServicePoint, ensureSeries } from '../../src/domain/metering/index.ts'
import { createPremise } from '../../src/domain/premises/index.ts'
import { openClient } from '../../src/domain/setup/index.ts'
import { saveTariff, type TariffInput } from '../../src/domain/tariffs/index.ts'
import { type DayBlock, dayGrid, recordBlocks } from '../../src/domain/usage/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { type LocalDate, Temporal } from '../../src/platform/time.ts'

export const ZONE = 'America/Chicago'
export const CYCLE = 'C01'
/** The meter data of the town end here (exclusive), and the third window with them. */
export const TOWN_END = '2026-04-01'
export const TOWN_START = '2026-01-01'
export const NOW = Temporal.Instant.from('2026-04-02T12:00:00Z')
export const ACTOR: Actor = { actor: 'user:test', door: 'enterprise' }

/** 9.00 a bill; 0.10 a kWh up to 500 kWh, 0.12 above; 5 % city tax on both. */
export const PLAN: TariffInput = {
  code: 'res-1',
  name: 'Residential',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2025-01-01',
      quantities: [{ code: 'energy', fn: 'usage', unit: 'kWh' }],
      rules: [
        {
          code: 'customer',
          kind: 'flat_charge',
          text: { en: 'Customer charge', es: 'Cargo por cliente' },
          class: 'fixed',
          price: '9.00',
        },
        {
          code: 'energy',
          kind: 'service_quantity',
          text: { en: 'Energy', es: 'Energía' },
          class: 'energy',
          quantity: 'energy',
          prices: [{ bands: [{ upTo: { value: '500' }, price: '0.10' }, { price: '0.12' }] }],
        },
        {
          code: 'city_tax',
          kind: 'apply_to',
          text: { en: 'City tax', es: 'Impuesto municipal' },
          class: 'tax',
          taxCategory: 'city',
          percent: '5',
          base: { rules: ['customer', 'energy'] },
        },
      ],
    },
  ],
}

export interface Town {
  clientId: number
  companyId: number
  tariffId: number
  homes: Home[]
}

export interface Home {
  customerId: number
  accountNumber: number
  agreementId: number
  servicePointId: number
  seriesNumber: number
}

/** This will make a client with books, one plan, one cycle of monthly windows and some homes with meter data for them. */
export async function buildTown(tx: Tx, homes = 3, { code = 'town', months = 3 } = {}): Promise<Town> {
  const clientId = await createClient(tx, { code, name: 'Town Light', timeZone: ZONE, now: NOW })
  const address = { line1: '1 Main St', city: 'Springfield', state: 'IL', postalCode: '62701' }
  const companyId = await createCompany(tx, {
    clientId,
    code: 'town',
    name: 'Town Light & Power',
    kind: 'utility',
    timeZone: ZONE,
    address,
    remitAddress: address,
    phone: '217-555-0100',
    website: 'townlight.example',
  })
  await openClient(tx, clientId)
  const { tariffId } = await saveTariff(tx, { clientId, companyId, document: PLAN, now: NOW })
  const windows = monthlyWindows(CYCLE, '2026-02-01', months)
  const until = windows.at(-1)?.periodEnd ?? TOWN_END
  await saveCycle(tx, { clientId, cycleCode: CYCLE, name: 'First of the month', windows })
  const town: Town = { clientId, companyId, tariffId, homes: [] }
  for (let number = 1; number <= homes; number++) town.homes.push(await addHome(tx, town, { number, until }))
  return town
}

/**
 * This will add a home to the town: a customer with one account, one agreement and hourly data from the town's start to
 * `until` (exclusive; three months when not told) at `wattHours` an hour (home n: 500 + 100 n).
 */
export async function addHome(
  tx: Tx,
  town: Pick<Town, 'clientId' | 'companyId' | 'tariffId'>,
  home: {
    number: number
    wattHours?: number
    billMethod?: 'utility' | 'bill_ready'
    measured?: boolean
    register?: boolean
    until?: LocalDate
  },
): Promise<Home> {
  const { clientId, companyId, tariffId } = town
  const { number } = home
  const name = { kind: 'human' as const, firstName: 'Home', lastName: `Number ${number}` }
  const mainPersonId = await createPerson(tx, { clientId, name, now: NOW })
  const since = TOWN_START
  const person = { companyId, mainPersonId, class: 'residential' as const, since, now: NOW }
  const customerId = await createCustomer(tx, { clientId, number, ...person })
  const mailingAddress = { line1: `${number} Elm St`, city: 'Springfield', state: 'IL', postalCode: '62701' }
  const account = { customerId, cycleCode: CYCLE, openedOn: since, mailingAddress }
  const accountNumber = await openBillingAccount(tx, account)
  const premiseId = await createPremise(tx, { clientId, kind: 'house', ...mailingAddress, now: NOW })
  const place = { clientId, premiseId, serviceKind: 'electricity' as const, timeZone: ZONE, now: NOW }
  const servicePointId = await createServicePoint(tx, place)
  const agreementId = await startAgreement(tx, {
    customerId,
    accountNumber,
    startDate: since,
    points: [{ servicePointId }],
    tariffId,
    billMethod: home.billMethod ?? 'utility',
    now: NOW,
  })
  const series = { servicePointId, unit: 'kWh', flow: 'delivered' as const }
  const seriesNumber = home.register
    ? await ensureSeries(tx, { ...series, kind: 'register', scale: 0 })
    : await ensureSeries(tx, { ...series, kind: 'interval', intervalSeconds: 3600, scale: 6 })
  const made = { customerId, accountNumber, agreementId, servicePointId, seriesNumber }
  const wattHours = home.wattHours ?? 500 + 100 * number
  if (home.measured !== false)
    await recordBlocks(tx, {
      blocks: hourly(made, wattHours, TOWN_START, home.until ?? TOWN_END),
      source: 'test',
      now: NOW,
    })
  return made
}

/** This will make hourly days of one value: 23 hours on the day the clocks go forward. */
export function hourly(
  { servicePointId, seriesNumber }: Pick<Home, 'servicePointId' | 'seriesNumber'>,
  wattHours: number,
  startDay: LocalDate,
  endDay: LocalDate,
): DayBlock[] {
  const { days, starts } = dayGrid(ZONE, startDay, endDay)
  return days.map((localDay, index) => {
    const startSeconds = starts[index] ?? 0
    const hours = ((starts[index + 1] ?? 0) - startSeconds) / 3600
    const values = new Array<number>(hours).fill(wattHours * 1000)
    return { servicePointId, seriesNumber, localDay, startSeconds, intervalSeconds: 3600, values }
  })
}
