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
}

export async function selectPlacedMeters(tx: Tx, clientId: number): Promise<PlacedMeter[]> {
  return await tx
    .selectFrom('device')
    .innerJoin('install_event', 'install_event.device_id', 'device.device_id')
    .select([
      'device.badge',
      'device.device_id as deviceId',
      'install_event.service_point_id as servicePointId',
    ])
    .where('device.client_id', '=', clientId)
    .orderBy('install_event.service_point_id')
    .execute()
}
