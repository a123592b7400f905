import { Refusal } from '../../../platform/errors.ts'
import type { Cents } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'

export type ContractKind = 'budget' | 'deposit' | 'arrangement' | 'promise'
export type ContractStatus = 'active' | 'kept' | 'broken' | 'ended' | 'cancelled'
export type ContractAction = 'keep' | 'break' | 'end' | 'cancel' | 'reopen'

export interface ContractKey {
  customerId: number
  contractNumber: number
}

/** How a debt is paid over time: levelled, secured by a deposit, in instalments on the bill, or as promised. */
export interface Contract extends ContractKey {
  kind: ContractKind
  /** Of the day on which it was made. */
  accountNumber: number
  /** The agreement that holds its money: of a deposit or an arrangement. */
  agreementId: number | null
  /** The one service it is about; null: the whole account. */
  coversAgreementId: number | null
  status: ContractStatus
  startDate: LocalDate
  endDate: LocalDate | null
  endReason: string | null
  /** Promised, arranged or required; a budget's amounts are by agreement. */
  amountCents: Cents | null
  /** What a promise is about; null: every debt class. */
  debtClasses: string[] | null
  requestedBy: string | null
  note: string | null
  createdAt: Instant
  createdBy: string
}

/** One part of an arrangement, a deposit or a promise. */
export interface Instalment extends ContractKey {
  instalmentNumber: number
  /** Null: asked with a bill, one a month. */
  dueDate: LocalDate | null
  amountCents: Cents
}

type LifeCycle = Readonly<Record<ContractStatus, Partial<Record<ContractAction, ContractStatus>>>>

const OVER = { kept: {}, broken: {}, ended: {}, cancelled: {} } as const
/** A payment that is returned after all was paid opens the contract again. */
const PLEDGE: LifeCycle = {
  ...OVER,
  active: { keep: 'kept', break: 'broken', cancel: 'cancelled' },
  kept: { reopen: 'active' },
}

/** Kind x state x action -> state. An action that a state does not name is refused. */
export const CONTRACT_LIFE_CYCLE: Readonly<Record<ContractKind, LifeCycle>> = {
  arrangement: PLEDGE,
  promise: PLEDGE,
  budget: { ...OVER, active: { end: 'ended', break: 'broken' } },
  deposit: { ...OVER, active: { end: 'ended', cancel: 'cancelled' } },
}

/** This will tell the state after an action. Refuses an action that the state does not allow. */
export function contractAfter(
  contract: Pick<Contract, 'kind' | 'status' | 'contractNumber'>,
  action: ContractAction,
): ContractStatus {
  const next = CONTRACT_LIFE_CYCLE[contract.kind][contract.status][action]
  if (next) return next
  throw new Refusal(
    'conflict',
    'contract_state',
    `The ${contract.kind} ${contract.contractNumber} is ${contract.status}, which does not allow ${action}.`,
  )
}

/** This will name a contract in audit rows, events and work items. */
export function contractSubject({ customerId, contractNumber }: ContractKey): string {
  return `contract:${customerId}-${contractNumber}`
}
