import type { Tx } from '../../../../platform/db/index.ts'
import { Refusal } from '../../../../platform/errors.ts'
import { requireAmount } from '../../../../platform/money.ts'
import type { Instant } from '../../../../platform/time.ts'
import { type Actor, audit } from '../../../identity/index.ts'
import * as store from '../../store/adjustment-type.ts'
import { type AdjustmentType, FIRST_TYPES } from './adjustment-type.ts'

/** This will give a client its first adjustment types; its books are open already. Again: nothing more happens. */
export async function openAdjustmentTypes(tx: Tx, clientId: number): Promise<void> {
  await store.insertTypes(tx, clientId, FIRST_TYPES)
}

/** This will list a client's adjustment types by code, those no longer in use too. */
export function adjustmentTypes(tx: Tx, clientId: number): Promise<AdjustmentType[]> {
  return store.selectTypes(tx, clientId)
}

/** This will read one adjustment type. Refuses an unknown one. */
export async function getAdjustmentType(tx: Tx, clientId: number, code: string): Promise<AdjustmentType> {
  const type = (await store.selectTypes(tx, clientId, code))[0]
  if (type) return type
  throw new Refusal(
    'not_found',
    'adjustment_type_unknown',
    `There is no adjustment type "${code}"; choose one of the list.`,
  )
}

/**
 * This will add an adjustment type or change it; what was adjusted before stays. Refuses: an unknown ledger account, a
 * purpose that changes, a fee that is no debit, a malformed code.
 */
export async function saveAdjustmentType(
  tx: Tx,
  input: AdjustmentType & { clientId: number; now: Instant; actor: Actor },
): Promise<void> {
  const { clientId, now, actor, ...type } = input
  if (!/^[a-z][a-z0-9_]{0,29}$/.test(type.code) || !type.name.en.trim() || !type.name.es.trim())
    throw new Refusal(
      'malformed',
      'adjustment_type_malformed',
      'An adjustment type needs two names and a code of small letters, digits and underscores.',
    )
  if (type.defaultAmountCents !== null) requireAmount(type.defaultAmountCents, 'The default amount')
  if (type.purpose === 'fee' && type.direction !== 'debit')
    throw new Refusal('rule', 'fee_not_debit', 'A fee is always a debit.')
  const before = (await store.selectTypes(tx, clientId, type.code))[0]
  if (before && before.purpose !== type.purpose)
    throw new Refusal('rule', 'purpose_fixed', `The purpose of ${type.code} cannot change; add another type.`)
  if (!(await store.upsertType(tx, clientId, type)))
    throw new Refusal('rule', 'ledger_account_unknown', `There is no ledger account "${type.ledgerCode}".`)
  const subject = `adjustment_type:${type.code}`
  await audit(tx, { clientId, at: now, actor, operation: 'saveAdjustmentType', subject, detail: { ...type } })
}
