import { sql } from 'kysely'
import { ensureSeries } from '../server/src/domain/metering/index.ts'
import { saveTariff, type TariffInput } from '../server/src/domain/tariffs/index.ts'
import { type DayBlock, dayGrid, recordBlocks } from '../server/src/domain/usage/index.ts'
import type { Database, Tx } from '../server/src/platform/db/index.ts'
import {
  addHome,
  buildTown,
  type Home,
  NOW,
  TOWN_END,
  TOWN_START,
  ZONE,
} from '../server/test/support/billed-town.ts'

const energy = (code: string, prices: { tou: string; price: string }[]) => ({
  code,
  kind: 'service_quantity' as const,
  text: { en: code },
  class: 'energy',
  quantity: 'energy_by_clock',
  prices: prices.map(({ tou, price }) => ({ tou, bands: [{ price }] })),
})

const percent = (code: string, rate: string) => ({
  code,
  kind: 'apply_to' as const,
  text: { en: code },
  class: 'tax',
  taxCategory: code,
  percent: rate,
  base: { classes: ['fixed', 'energy', 'delivery'] },
})

/** Twelve lines a bill: two fixed, three energy, three delivery, four taxes. */
export const BENCH_PLAN: TariffInput = {
  code: 'bench-tou',
  name: 'Bench time of use',
  serviceType: 'electricity',
  currency: 'USD',
  versions: [
    {
      effectiveFrom: '2025-01-01',
      touMaps: [
        {
          code: 'clock',
          periods: ['peak', 'shoulder', 'night'].map((code) => ({ code, text: { en: code } })),
          rows: [
            { days: ['weekday'], from: '14:00', until: '19:00', period: 'peak' },
            { days: ['every'], from: '00:00', until: '06:00', period: 'night' },
          ],
          otherwise: 'shoulder',
        },
      ],
      quantities: [{ code: 'energy_by_clock', fn: 'usage', unit: 'kWh', tou: 'clock' }],
      rules: [
        {
          code: 'customer',
          kind: 'flat_charge',
          text: { en: 'Customer charge' },
          class: 'fixed',
          price: '11.50',
        },
        {
          code: 'meter',
          kind: 'flat_charge',
          text: { en: 'Metering' },
          class: 'fixed',
          price: '0.031',
          per: 'day',
        },
        energy('supply', [
          { tou: 'peak', price: '0.2146' },
          { tou: 'shoulder', price: '0.1184' },
          { tou: 'night', price: '0.0735' },
        ]),
        {
          ...energy('delivery', [
            { tou: 'peak', price: '0.0512' },
            { tou: 'shoulder', price: '0.0382' },
            { tou: 'night', price: '0.0221' },
          ]),
          class: 'delivery',
        },
        percent('state', '4'),
        percent('county', '1.25'),
        percent('city', '2'),
        percent('franchise', '0.5'),
      ],
    },
  ],
}

/** This will fill an empty, migrated database with one account and its meter data, many times over. */
export async function fillBook(
  owner: Database,
  accounts: number,
): Promise<{ clientId: number; first: Home }> {
  const made = await owner.transaction(async (tx) => {
    const town = await buildTown(tx, 0)
    const { clientId, companyId } = town
    const { tariffId } = await saveTariff(tx, { clientId, companyId, document: BENCH_PLAN, now: NOW })
    const home = await addHome(tx, { ...town, tariffId }, { number: 1, measured: false })
    const { servicePointId } = home
    const key = { servicePointId, kind: 'interval' as const, unit: 'kWh', flow: 'delivered' as const }
    const seriesNumber = await ensureSeries(tx, { ...key, intervalSeconds: 900, scale: 6 })
    await recordBlocks(tx, {
      blocks: quarterHours({ servicePointId, seriesNumber }),
      source: 'bench',
      now: NOW,
    })
    return { clientId, first: home }
  })
  await owner.transaction((tx) => copyAccount(tx, made.first, accounts))
  // Only what is filled: statistics of an empty table mislead the planner for a whole session.
  await sql`analyze customer, billing_account, service_point, agreement, agreement_point, plan_assignment, series,
    interval_block`.execute(owner.read)
  return made
}

/** A household's shape: a morning and an evening hump, whole watt-hours, different every day. */
function quarterHours(series: { servicePointId: number; seriesNumber: number }): DayBlock[] {
  const { days, starts } = dayGrid(ZONE, TOWN_START, TOWN_END)
  return days.map((localDay, day) => {
    const startSeconds = starts[day] ?? 0
    const slots = ((starts[day + 1] ?? 0) - startSeconds) / 900
    const values = Array.from({ length: slots }, (_, slot) => {
      const hour = slot / 4
      const humps = Math.exp(-((hour - 7.5) ** 2) / 3) + 1.6 * Math.exp(-((hour - 19) ** 2) / 6)
      return Math.round(90 + 380 * humps + ((day * 31 + slot * 17) % 60)) * 1000
    })
    return { ...series, localDay, startSeconds, intervalSeconds: 900, values }
  })
}

async function copyAccount(tx: Tx, { customerId, servicePointId }: Home, accounts: number): Promise<void> {
  const numbers = sql`generate_series(1, ${accounts - 1}::int) as g(n)`
  const copies = [
    sql`insert into customer (customer_id, company_id, main_person_id, class, status, since, created_at)
        select customer_id + n, company_id, main_person_id, class, status, since, created_at
          from customer, ${numbers} where customer_id = ${customerId}`,
    sql`insert into customer_set select customer_id + n, set_number, name from customer_set, ${numbers} where customer_id = ${customerId}`,
    sql`insert into billing_account (customer_id, account_number, company_id, cycle_code, status, opened_on, mailing_name, mailing_address)
        select customer_id + n, account_number, company_id, cycle_code, status, opened_on, mailing_name, mailing_address
          from billing_account, ${numbers} where customer_id = ${customerId}`,
    sql`insert into service_point (service_point_id, client_id, premise_id, service_kind, time_zone, status, created_at)
        select service_point_id + n, client_id, premise_id, service_kind, time_zone, status, created_at
          from service_point, ${numbers} where service_point_id = ${servicePointId}`,
    sql`insert into agreement (customer_id, agreement_id, account_number, kind, service_kind, company_id, status, start_date, premise_id, created_at)
        select customer_id + n, agreement_id, account_number, kind, service_kind, company_id, status, start_date, premise_id, created_at
          from agreement, ${numbers} where customer_id = ${customerId}`,
    sql`insert into agreement_point (customer_id, agreement_id, point_number, service_point_id, start_date)
        select customer_id + n, agreement_id, point_number, service_point_id + n, start_date
          from agreement_point, ${numbers} where customer_id = ${customerId}`,
    sql`insert into plan_assignment select customer_id + n, agreement_id, assignment_number, tariff_id, start_date, end_date
          from plan_assignment, ${numbers} where customer_id = ${customerId}`,
    sql`insert into series select service_point_id + n, series_number, kind, unit, flow, tou_code, interval_seconds, scale
          from series, ${numbers} where service_point_id = ${servicePointId}`,
    sql`insert into interval_block select service_point_id + n, series_number, local_day, version, start_seconds, interval_seconds,
               interval_count, total, encoded, quality, source, recorded_at, superseded_at
          from interval_block, ${numbers} where service_point_id = ${servicePointId}`,
  ]
  for (const copy of copies) await copy.execute(tx)
}
