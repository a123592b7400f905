import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { emit } from '../../../platform/outbox.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit } from '../../identity/index.ts'
import * as store from '../store/contract.ts'
import {
  type Contract,
  type ContractAction,
  type ContractKey,
  type ContractKind,
  contractAfter,
  contractSubject,
} from './contract.ts'

/** Who does something, and when. */
export interface Act {
  now: Instant
  actor: Actor
}

/** What a new contract says; the rest is null. */
export type ContractDraft = Pick<Contract, 'customerId' | 'kind' | 'accountNumber' | 'startDate'> &
  Partial<
    Pick<
      Contract,
      'agreementId' | 'coversAgreementId' | 'amountCents' | 'debtClasses' | 'requestedBy' | 'note'
    >
  >

/** This will number a contract and write it down. The customer is locked by the caller. */
export async function openContract(tx: Tx, draft: ContractDraft, act: Act): Promise<Contract> {
  const next = await store.nextContractNumbers(tx, [draft.customerId])
  const contract: Contract = {
    agreementId: null,
    coversAgreementId: null,
    amountCents: null,
    debtClasses: null,
    requestedBy: null,
    note: null,
    ...draft,
    contractNumber: next(draft.customerId),
    status: 'active',
    endDate: null,
    endReason: null,
    createdAt: act.now,
    createdBy: act.actor.actor,
  }
  await store.insertContract(tx, contract)
  return contract
}

/** This will lock the customer and read its contract. Refuses an unknown one, and one of another kind. */
export async function lockContract(tx: Tx, key: ContractKey, kind?: ContractKind): Promise<Contract> {
  await lockCustomers(tx, [key.customerId])
  return await getContract(tx, key, kind)
}

/** This will read a contract. Refuses an unknown one, and one of another kind. */
export async function getContract(tx: Tx, key: ContractKey, kind?: ContractKind): Promise<Contract> {
  const contract = await store.selectContract(tx, key)
  if (contract && (kind === undefined || contract.kind === kind)) return contract
  throw new Refusal(
    'not_found',
    `${kind ?? 'contract'}_unknown`,
    `This customer has no ${kind ?? 'contract'} ${key.contractNumber}.`,
  )
}

/** This will take a contract to its next state, and answer it so. Refuses what its state does not allow. */
export async function actOnContract(
  tx: Tx,
  contract: Contract,
  action: ContractAction,
  { day, reason }: { day: LocalDate; reason: string },
): Promise<Contract> {
  const status = contractAfter(contract, action)
  const isOver = status !== 'active'
  const change = { status, endDate: isOver ? day : null, endReason: isOver ? reason : null }
  await store.updateContract(tx, contract, change)
  return { ...contract, ...change }
}

/** What an event calls a contract: an extension is what customers call a promise of payments. */
const EVENT_NOUN: Record<ContractKind, string> = {
  budget: 'budget',
  deposit: 'deposit',
  arrangement: 'arrangement',
  promise: 'extension',
}

/** This will write the audit row of an act on a contract and, with a participle (`broken`), let its event leave. */
export async function recordAct(
  tx: Tx,
  contract: Contract,
  input: { operation: string; event?: string; detail?: Record<string, unknown> },
  { now, actor }: Act,
): Promise<void> {
  const { customerId, contractNumber, accountNumber, agreementId, kind } = contract
  const clientId = clientOf(customerId)
  const subject = contractSubject(contract)
  const { operation, detail = {} } = input
  await audit(tx, { clientId, at: now, actor, operation, subject, detail })
  if (input.event === undefined) return
  const payload = { customerId, contractNumber, accountNumber, agreementId, ...detail }
  await emit(tx, [{ clientId, at: now, type: `${EVENT_NOUN[kind]}.${input.event}`, subject, payload }])
}
