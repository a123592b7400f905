import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { type Cents, requireAmount } from '../../../platform/money.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { getAgreement } from '../../agreements/index.ts'
import { clientOf, getBillingAccount } from '../../customers/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { RequestTerms, ServiceRequest, ServiceToStart } from './request.ts'
import type { NewAccountTerms } from './terms.ts'

interface Account {
  customerId: number
  accountNumber: number
}

/** Service for an account that is there, or for a new one. */
export type StartWish = { kind: 'start'; premiseId: number; startDate: LocalDate } & {
  services: readonly ServiceToStart[]
  /** Instead of what the client's policy says; 0: none. */
  depositCents?: Cents
  /** Debt that is past due elsewhere does not stand in the way: somebody has decided so. */
  acceptDebt?: boolean
} & (Account | { newAccount: NewAccountTerms })

export type StopWish = Account & {
  kind: 'stop'
  stopDate: LocalDate
  agreementIds: readonly number[]
  /** Whether the field switches service off; the client's policy when absent. */
  disconnect?: boolean
}

/** Service stops at one place and starts at another; plans that are not chosen are kept. */
export type TransferWish = Account & {
  kind: 'transfer'
  startDate: LocalDate
  stopDate: LocalDate
  agreementIds: readonly number[]
  premiseId: number
  services: readonly ServiceToStart[]
  disconnect?: boolean
}

export type ReinstateWish = Account & { kind: 'reinstate'; agreementIds: readonly number[] }

export type NewServiceRequest = {
  now: Instant
  actor: Actor
  clientId: number
  /** In their own words: the customer, a broker, a clerk. */
  requestedBy: string
  reason?: string
} & (StartWish | StopWish | TransferWish | ReinstateWish)

type Wish = Pick<
  ServiceRequest,
  'customerId' | 'accountNumber' | 'premiseId' | 'fromPremiseId' | 'startDate' | 'stopDate' | 'terms'
>

/** This will read a wish into what a request keeps. Refuses an account, an agreement or services that it cannot name. */
export async function readWish(tx: Tx, input: NewServiceRequest): Promise<Wish> {
  const account =
    'customerId' in input ? await requireAccount(tx, input) : { customerId: null, accountNumber: null }
  const none = { fromPremiseId: null, startDate: null, stopDate: null }
  if (input.kind === 'start') {
    const { startDate, premiseId, services, depositCents, acceptDebt } = input
    requireServices(services, true)
    if (depositCents !== undefined && depositCents !== 0) requireAmount(depositCents, 'The deposit')
    const terms: RequestTerms = {
      services,
      ...('newAccount' in input && { newAccount: input.newAccount }),
      ...(depositCents !== undefined && { depositCents }),
      ...(acceptDebt && { acceptDebt }),
    }
    return { ...none, ...account, premiseId, startDate, terms }
  }
  const { agreementIds } = input
  const place = await placeOf(tx, input)
  if (input.kind === 'reinstate') return { ...none, ...account, premiseId: place, terms: { agreementIds } }
  const { stopDate, disconnect } = input
  const stopping = { agreementIds, ...(disconnect !== undefined && { disconnect }) }
  if (input.kind === 'stop') return { ...none, ...account, premiseId: place, stopDate, terms: stopping }
  const { premiseId, startDate, services } = input
  requireServices(services, false)
  return {
    ...account,
    premiseId,
    fromPremiseId: place,
    startDate,
    stopDate,
    terms: { ...stopping, services },
  }
}

async function requireAccount(tx: Tx, input: Account & { clientId: number }): Promise<Account> {
  const { clientId, customerId, accountNumber } = input
  if (clientOf(customerId) !== clientId)
    throw new Refusal('not_found', 'customer_unknown', 'There is no such customer.')
  await getBillingAccount(tx, input)
  return { customerId, accountNumber }
}

function requireServices(services: readonly ServiceToStart[], chosen: boolean): void {
  if (services.length === 0 || services.some(({ servicePointIds }) => servicePointIds.length === 0))
    throw new Refusal('malformed', 'service_points_missing', 'Say at which service points service starts.')
  if (chosen && services.some(({ tariffId }) => tariffId === undefined))
    throw new Refusal('malformed', 'plan_missing', 'Choose a plan for each service that starts.')
}

/** The premise of the first agreement that stops or is taken up again. */
async function placeOf(
  tx: Tx,
  { customerId, agreementIds }: { customerId: number; agreementIds: readonly number[] },
): Promise<number> {
  const [agreementId] = agreementIds
  if (agreementId === undefined)
    throw new Refusal('malformed', 'agreements_missing', 'Say which agreements it is about.')
  for (const one of agreementIds) await getAgreement(tx, { customerId, agreementId: one })
  const { premiseId } = await getAgreement(tx, { customerId, agreementId })
  if (premiseId !== null) return premiseId
  throw new Refusal(
    'rule',
    'agreement_without_premise',
    'The agreement has no premise; nothing is served there.',
  )
}
