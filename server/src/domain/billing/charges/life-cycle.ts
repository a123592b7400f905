import { Refusal } from '../../../platform/errors.ts'
import type { Charge, ChargeStatus } from './charge.ts'

export type ChargeAction =
  | 'generate'
  | 'fail'
  | 'freeze'
  | 'init_cancel'
  | 'undo'
  | 'cancel'
  | 'rebill'
  | 'delete'

/**
 * State x action -> state. An action that a state does not name is refused. A charge that was never posted is deleted by
 * cancelling it without an entry, so that its number is not given again.
 */
export const CHARGE_LIFE_CYCLE: Readonly<Record<ChargeStatus, Partial<Record<ChargeAction, ChargeStatus>>>> =
  {
    incomplete: { generate: 'freezable', fail: 'error', delete: 'cancelled' },
    error: { generate: 'freezable', fail: 'error', delete: 'cancelled' },
    freezable: { freeze: 'frozen', delete: 'cancelled' },
    frozen: { init_cancel: 'pending_cancel', rebill: 'pending_cancel', cancel: 'cancelled' },
    pending_cancel: { undo: 'frozen', cancel: 'cancelled' },
    cancelled: {},
  }

/** Charges that stand in the books, or will with their bill: their days are charged. */
export const LIVE_STATUSES: ReadonlySet<ChargeStatus> = new Set(['freezable', 'frozen', 'pending_cancel'])

/** This will tell the state of a charge after an action. Refuses an action that its state does not allow. */
export function chargeAfter(charge: Pick<Charge, 'chargeId' | 'status'>, action: ChargeAction): ChargeStatus {
  const { chargeId, status } = charge
  const next = CHARGE_LIFE_CYCLE[status][action]
  if (next) return next
  const allowed = Object.keys(CHARGE_LIFE_CYCLE[status]).filter((name) => name !== 'fail')
  const can =
    allowed.length === 0 ? 'nothing more can happen to it' : `it allows ${allowed.map(words).join(', ')}`
  throw new Refusal(
    'conflict',
    codeOf(status, action),
    `Charge ${chargeId} is ${words(status)} and does not allow ${words(action)}; ${can}.`,
  )
}

function codeOf(status: ChargeStatus, action: ChargeAction): string {
  if (action === 'cancel' || action === 'rebill' || action === 'init_cancel') return 'charge_not_frozen'
  return status === 'frozen' ? 'charge_frozen' : 'charge_state'
}

function words(code: string): string {
  return code.replaceAll('_', ' ')
}
