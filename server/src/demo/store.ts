import type { Tx } from '../platform/db/index.ts'
import type { Instant, LocalDate } from '../platform/time.ts'

/** How far the loading of the demo has come; no step: complete. */
export interface DemoState {
  demo: boolean
  step: string | null
}

export async function selectState(tx: Tx): Promise<DemoState | undefined> {
  const row = await tx.selectFrom('installation').select(['demo', 'demo_step']).executeTakeFirst()
  return row && { demo: row.demo, step: row.demo_step }
}

export async function insertInstallation(
  tx: Tx,
  input: { step: string; clockStart: Instant; clockOrigin: Instant },
): Promise<void> {
  await tx
    .insertInto('installation')
    .values({
      demo: true,
      demo_step: input.step,
      clock_start: input.clockStart,
      clock_origin: input.clockOrigin,
      created_at: input.clockStart,
    })
    .execute()
}

export async function updateStep(tx: Tx, step: string | null): Promise<void> {
  await tx.updateTable('installation').set({ demo_step: step }).execute()
}

export async function updateClock(
  tx: Tx,
  clock: { clockStart: Instant; clockOrigin: Instant },
): Promise<void> {
  await tx
    .updateTable('installation')
    .set({ clock_start: clock.clockStart, clock_origin: clock.clockOrigin })
    .execute()
}

export async function selectClock(
  tx: Tx,
): Promise<{ clockStart: Instant; clockOrigin: Instant } | undefined> {
  const row = await tx.selectFrom('installation').select(['clock_start', 'clock_origin']).executeTakeFirst()
  if (!row?.clock_start || !row.clock_origin) return undefined
  return { clockStart: row.clock_start, clockOrigin: row.clock_origin }
}

/** The last day that any meter has sent. */
export async function selectLastDay(tx: Tx): Promise<LocalDate | undefined> {
  const row = await tx
    .selectFrom('interval_block')
    .select((select) => select.fn.max('local_day').as('day'))
    .executeTakeFirst()
  return row?.day ?? undefined
}

/** A bill that waits to be paid. */
export interface OpenBill {
  customerId: number
  billId: number
  accountNumber: number
  billDate: LocalDate
  dueDate: LocalDate
  chargesCents: number
  amountDueCents: number
}

export async function selectBillsOfRun(
  tx: Tx,
  { clientId, runId }: { clientId: number; runId: number },
): Promise<OpenBill[]> {
  return await tx
    .selectFrom('bill')
    .innerJoin('customer', 'customer.customer_id', 'bill.customer_id')
    .select([
      'bill.customer_id as customerId',
      'bill.bill_id as billId',
      'bill.account_number as accountNumber',
      'bill.bill_date as billDate',
      'bill.due_date as dueDate',
      'bill.charges_cents as chargesCents',
      'bill.amount_due_cents as amountDueCents',
    ])
    .where('bill.run_id', '=', runId)
    .where('customer.client_id', '=', clientId)
    .orderBy('bill.customer_id')
    .orderBy('bill.bill_id')
    .execute()
}

/** Where a meter of the demo is and where its readings go. */
export interface PlacedMeter {
  badge: string
  deviceId: number
  servicePointId: number
  premiseId: number
}

/** The meters of a client where they are, or those of some badges. */
export async function selectPlacedMeters(
  tx: Tx,
  clientId: number,
  badges?: readonly string[],
): Promise<PlacedMeter[]> {
  const placed = tx
    .selectFrom('device')
    .innerJoin('install_event', 'install_event.device_id', 'device.device_id')
    .innerJoin('service_point', 'service_point.service_point_id', 'install_event.service_point_id')
    .select([
      'device.badge',
      'device.device_id as deviceId',
      'install_event.service_point_id as servicePointId',
      'service_point.premise_id as premiseId',
    ])
    .where('device.client_id', '=', clientId)
    .orderBy('install_event.service_point_id')
  return await (badges ? placed.where('device.badge', 'in', badges) : placed).execute()
}

/** Nobody is told any more of what has happened so far. */
export async function forgetEvents(tx: Tx, now: Instant): Promise<void> {
  await tx.updateTable('outbox_event').set({ handled_at: now }).where('handled_at', 'is', null).execute()
}
