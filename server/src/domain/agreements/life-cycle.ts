import { Refusal } from '../../platform/errors.ts'
import type { AgreementStatus } from './agreement.ts'

export type AgreementAction =
  | 'complete'
  | 'activate'
  | 'cancel'
  | 'request_stop'
  | 'withdraw_stop'
  | 'stop'
  | 'reinstate'
  | 'close'
  | 'reopen'

/** State x action -> state. An action that a state does not name is refused. */
export const AGREEMENT_LIFE_CYCLE: Readonly<
  Record<AgreementStatus, Partial<Record<AgreementAction, AgreementStatus>>>
> = {
  incomplete: { complete: 'pending_start', activate: 'active', cancel: 'cancelled' },
  pending_start: { activate: 'active', cancel: 'cancelled' },
  active: { request_stop: 'pending_stop', stop: 'stopped' },
  pending_stop: { withdraw_stop: 'active', stop: 'stopped' },
  stopped: { reinstate: 'active', close: 'closed' },
  closed: { reopen: 'reopened' },
  reopened: { close: 'closed' },
  cancelled: {},
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function agreementAfter(status: AgreementStatus, action: AgreementAction): AgreementStatus {
  const next = AGREEMENT_LIFE_CYCLE[status][action]
  if (next) return next
  const allowed = Object.keys(AGREEMENT_LIFE_CYCLE[status])
  throw new Refusal(
    'conflict',
    'agreement_state',
    `The agreement is ${words(status)} and cannot ${words(action)}; ${allowed.length === 0 ? 'nothing more can happen to it' : `it can ${allowed.map(words).join(' or ')}`}.`,
  )
}

function words(code: string): string {
  return code.replaceAll('_', ' ')
}
