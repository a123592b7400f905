import { randomBytes } from 'node:crypto'
import {
  type ChargeResult,
  type Gateway,
  NoAnswer,
  type SessionResult,
  type TokenisedMethod,
} from '../domain/payments/index.ts'
import type { Database, Tx } from '../platform/db/index.ts'
import { type Clock, Temporal } from '../platform/time.ts'
import { notDone } from './exchange.ts'
import { behaviourOf, SANDBOX_METHODS, type SandboxBehaviour } from './sandbox-methods.ts'
import * as store from './sandbox-store.ts'

const NAME = 'The sandbox'
const PAGE_MINUTES = 60
const DAYS_TO_RETURN = 2

export interface SandboxParts {
  database: Database
  clock: Clock
  /** What the addresses of payment pages begin with. */
  publicUrl: string
}

/**
 * This will make a gateway that moves no money: it keeps its own books, in transactions of its own, as a company outside
 * would, and its page runs at /pay.
 */
export function sandboxGateway(clientId: number, { database, clock, publicUrl }: SandboxParts): Gateway {
  return {
    code: 'sandbox',
    capabilities: {
      hostedSession: true,
      charge: true,
      refund: true,
      notifications: false,
      kinds: ['card', 'bank'],
    },
    async openSession(session) {
      const now = clock()
      const sessionId = randomBytes(20).toString('base64url')
      const expiresAt = now.add({ minutes: PAGE_MINUTES })
      const opened = await database.transaction(async (tx) => {
        await store.insertSession(tx, { ...session, clientId, sessionId, expiresAt, createdAt: now })
        return store.selectSessionByKey(tx, clientId, session.key)
      })
      if (!opened) throw new Error('the sandbox lost a session that it just wrote')
      return {
        reference: opened.sessionId,
        url: `${publicUrl}/pay/${opened.sessionId}`,
        expiresAt: opened.expiresAt,
      }
    },
    async resultOf({ key }) {
      const session = await store.selectSessionByKey(database.read, clientId, key)
      return session ? toResult(session) : { outcome: 'expired' }
    },
    async charge({ key, token, amountCents }) {
      const known = await store.selectCharge(database.read, clientId, key)
      if (known) return toChargeResult(known)
      const behaviour = behaviourOf(token, amountCents)
      if (!behaviour) throw notDone(NAME, 'it never gave this token')
      if (behaviour.does === 'fall_silent') throw new NoAnswer(NAME, 'silence')
      const charge = await database.transaction((tx) =>
        book(tx, clock, { clientId, key, token, amountCents }, behaviour),
      )
      if (behaviour.does === 'lose_answer') throw new NoAnswer(NAME, 'the answer was lost')
      return toChargeResult(charge)
    },
    async findCharge(key) {
      const known = await store.selectCharge(database.read, clientId, key)
      return known && toChargeResult(known)
    },
    async refund({ reference }) {
      return database.transaction(async (tx) => {
        const charge = await store.selectChargeById(tx, clientId, reference)
        if (!charge) throw notDone(NAME, 'there is no such charge')
        if (charge.status === 'returned' || charge.status === 'declined')
          return {
            outcome: 'declined',
            code: charge.status,
            message: `The charge is ${charge.status}.`,
            final: true,
          }
        await store.updateCharge(tx, charge, { status: 'refunded' })
        return { outcome: 'accepted', reference: `${reference}-refund` }
      })
    },
    readNotification: async () => undefined,
    async newReturns(through) {
      const returns = await store.selectReturns(database.read, clientId, through)
      return returns.map((charge) => ({
        key: charge.key,
        code: charge.code ?? 'R01',
        message: 'Insufficient funds',
        told: () =>
          database.transaction((tx) =>
            store.updateCharge(tx, charge, { status: 'returned', toldAt: clock() }),
          ),
      }))
    },
  }
}

/** What a person sees and does on the sandbox's page. */
export interface SandboxPages {
  find(sessionId: string): Promise<store.SandboxSession | undefined>
  /** Pays with a test method; one that is paid, declined, given up or too old stays as it is. */
  pay(sessionId: string, token: string): Promise<store.SandboxSession | undefined>
  cancel(sessionId: string): Promise<store.SandboxSession | undefined>
  /** What the page offers. */
  methods: typeof SANDBOX_METHODS
}

/** This will serve the sandbox's payment pages with data. */
export function sandboxPages({ database, clock }: Pick<SandboxParts, 'database' | 'clock'>): SandboxPages {
  const change = (
    sessionId: string,
    act: (tx: Tx, session: store.SandboxSession) => Promise<Parameters<typeof store.updateSession>[2]>,
  ) =>
    database.transaction(async (tx) => {
      const session = await store.lockSession(tx, sessionId)
      if (session?.status !== 'open' || isOver(session, clock)) return session
      await store.updateSession(tx, session, await act(tx, session))
      return store.lockSession(tx, sessionId)
    })
  return {
    methods: SANDBOX_METHODS,
    find: (sessionId) => store.selectSession(database.read, sessionId),
    cancel: (sessionId) =>
      change(sessionId, async () => ({ status: 'cancelled', token: null, chargeId: null })),
    pay: (sessionId, token) =>
      change(sessionId, async (tx, session) => {
        const behaviour = behaviourOf(token, session.amountCents)
        if (!behaviour) return { status: 'declined', token: null, chargeId: null }
        const { clientId, key, amountCents } = session
        const charge = await book(tx, clock, { clientId, key, token, amountCents }, behaviour)
        const status = charge.status === 'declined' ? 'declined' : 'paid'
        return { status, token, chargeId: charge.chargeId }
      }),
  }
}

/** This will say whether a page can no longer be paid. */
export function isOver(session: Pick<store.SandboxSession, 'expiresAt'>, clock: Clock): boolean {
  return Temporal.Instant.compare(session.expiresAt, clock()) <= 0
}

async function book(
  tx: Tx,
  clock: Clock,
  charge: Pick<store.SandboxCharge, 'clientId' | 'key' | 'token' | 'amountCents'>,
  behaviour: SandboxBehaviour,
): Promise<store.SandboxCharge> {
  const now = clock()
  const { does } = behaviour
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const booked: store.SandboxCharge = {
    ...charge,
    chargeId: `sbx_${randomBytes(8).toString('hex')}`,
    status: does === 'decline' ? 'declined' : 'accepted',
    code: does === 'decline' || does === 'return' ? behaviour.code : null,
    returnOn: does === 'return' ? today.add({ days: DAYS_TO_RETURN }).toString() : null,
  }
  await store.insertCharge(tx, booked, now)
  return (await store.selectCharge(tx, charge.clientId, charge.key)) ?? booked
}

function toChargeResult({ status, chargeId, token, amountCents }: store.SandboxCharge): ChargeResult {
  const behaviour = behaviourOf(token, amountCents)
  if (status !== 'declined' || behaviour?.does !== 'decline')
    return { outcome: 'accepted', reference: chargeId }
  const { code, message, final } = behaviour
  return { outcome: 'declined', code, message, final }
}

function toResult(session: store.SandboxSession): SessionResult {
  const { status, token, chargeId, amountCents, saveMethod } = session
  if (status === 'open' || status === 'cancelled') return { outcome: status }
  const used = SANDBOX_METHODS.find((method) => method.token === token)
  if (status === 'declined' || !used || chargeId === null) {
    const behaviour = token === null ? undefined : behaviourOf(token, amountCents)
    const { code, message } =
      behaviour?.does === 'decline' ? behaviour : { code: 'declined', message: 'Declined' }
    return { outcome: 'declined', code, message }
  }
  const { label: _label, behaviour: _behaviour, ...method } = used
  const kept: { method?: TokenisedMethod } = saveMethod ? { method } : {}
  return { outcome: 'paid', reference: chargeId, amountCents, kind: used.kind, ...kept }
}
