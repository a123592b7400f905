import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { ItemKind, OpenItem } from './open-item.ts'
import * as store from './store/open-item.ts'

/** This will list every debit and credit of an agreement, oldest first. */
export function itemsOfAgreement(tx: Tx, customerId: number, agreementId: number): Promise<OpenItem[]> {
  return store.selectItemsOfAgreement(tx, customerId, agreementId)
}

/** This will find the items that one cause (`charge:12`) made. */
export function itemsOf(tx: Tx, customerId: number, kind: ItemKind, reference: string): Promise<OpenItem[]> {
  return store.selectItemsByReference(tx, customerId, kind, reference)
}

/** This will list what is asked for now and not settled yet, of several customers. */
export async function unsettledItems(tx: Tx, customerIds: readonly number[]): Promise<OpenItem[]> {
  return (await store.selectUnsettled(tx, customerIds)).filter((item) => !item.deferred)
}

/** This will list what is owed or held but not asked for now, of several customers. */
export async function deferredItems(tx: Tx, customerIds: readonly number[]): Promise<OpenItem[]> {
  return (await store.selectUnsettled(tx, customerIds)).filter((item) => item.deferred)
}

/** This will list what no bill has shown yet, of several customers. */
export function unbilledItems(tx: Tx, customerIds: readonly number[]): Promise<OpenItem[]> {
  return store.selectUnbilled(tx, customerIds)
}

/** This will list what a bill shows beside its own charges' items. */
export function itemsOfBill(tx: Tx, customerId: number, billId: number): Promise<OpenItem[]> {
  return store.selectItemsOfBill(tx, customerId, billId)
}

/** This will tell what each agreement of these customers owes, and how much of it is past due; agreements that owe nothing are left out. */
export function balances(
  tx: Tx,
  customerIds: readonly number[],
  asOf: LocalDate,
): Promise<store.AgreementBalance[]> {
  return store.selectBalances(tx, customerIds, asOf)
}
