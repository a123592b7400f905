import { numbersAfter, type Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/errors.ts'
import { encryptField } from '../../../platform/field-cipher.ts'
import { emit } from '../../../platform/outbox.ts'
import { type Instant, localDateAt } from '../../../platform/time.ts'
import { clientOf, lockCustomers } from '../../customers/index.ts'
import { type Actor, audit, getClient } from '../../identity/index.ts'
import { stopAutopay } from '../autopay/operations.ts'
import type { TokenisedMethod } from '../gateways/gateway.ts'
import { selectAutopaysOfMethod } from '../store/autopay.ts'
import * as store from '../store/method.ts'
import { selectWaitingOfMethod, updateRequest } from '../store/request.ts'
import { checkMethod, type MethodKey, nicknameFor, type PaymentMethod, requireUsable } from './method.ts'
import { getPaymentMethod, methodSubject } from './queries.ts'

type Done = { now: Instant; actor: Actor }

const MOST_METHODS = 99

/**
 * This will keep a card or bank account that a gateway has tokenised, and answer its number. The first one is the
 * default. Refuses numbers in a token's place, a wrong routing number, an expired card.
 */
export async function addPaymentMethod(
  tx: Tx,
  input: Done & {
    customerId: number
    gateway: string
    method: TokenisedMethod
    nickname?: string
    makeDefault?: boolean
    verified?: boolean
    fieldKey: Buffer
  },
): Promise<number> {
  const { customerId, gateway, method, fieldKey, now, actor } = input
  checkMethod(method, await todayOf(tx, customerId, now))
  const nickname = nicknameFor(input.nickname, method)
  await lockCustomers(tx, [customerId])
  const present = await store.selectMethods(tx, customerId)
  if (present.length >= MOST_METHODS)
    throw new Refusal('rule', 'methods_exhausted', `A customer has at most ${MOST_METHODS} payment methods.`)
  const next = await numbersAfter(tx, 'payment_method', 'method_number', [customerId])
  const key = { customerId, methodNumber: next(customerId) }
  const isDefault = input.makeDefault === true || !present.some((one) => one.isDefault)
  await store.insertMethod(tx, {
    ...key,
    kind: method.kind,
    gateway,
    lastFour: method.lastFour,
    brand: method.brand ?? null,
    routingNumber: method.routingNumber ?? null,
    accountType: method.accountType ?? null,
    holderName: method.holderName.trim(),
    nickname,
    expiresOn: method.expiresOn ?? null,
    verification: input.verified ? 'verified' : 'unverified',
    isDefault: false,
    status: 'active',
    sealedToken: encryptField(fieldKey, method.token, methodSubject(key)),
    createdAt: now,
    createdBy: actor.actor,
  })
  if (isDefault) await store.updateDefault(tx, key)
  await tell(tx, key, 'addPaymentMethod', 'payment_method.added', input, {
    kind: method.kind,
    lastFour: method.lastFour,
  })
  return key.methodNumber
}

/** This will give a payment method another nickname. */
export async function renamePaymentMethod(
  tx: Tx,
  input: Done & MethodKey & { nickname: string },
): Promise<void> {
  const method = await lockMethod(tx, input)
  const nickname = nicknameFor(input.nickname, { ...method, brand: method.brand ?? method.kind })
  await store.updateNickname(tx, input, nickname)
  await tell(tx, input, 'renamePaymentMethod', 'payment_method.changed', input, { nickname })
}

/** This will make a method the one that is offered first. Refuses one that cannot pay. */
export async function setDefaultMethod(tx: Tx, input: Done & MethodKey): Promise<void> {
  const method = await lockMethod(tx, input)
  requireUsable(method, await todayOf(tx, input.customerId, input.now))
  await store.updateDefault(tx, input)
  await tell(tx, input, 'setDefaultMethod', 'payment_method.changed', input, { isDefault: true })
}

/** This will note whether a method was found to be its holder's and to exist. */
export async function verifyPaymentMethod(
  tx: Tx,
  input: Done & MethodKey & { verification: 'verified' | 'failed' },
): Promise<void> {
  await lockMethod(tx, input)
  await store.updateVerification(tx, input, input.verification)
  const { verification } = input
  await tell(tx, input, 'verifyPaymentMethod', 'payment_method.changed', input, { verification })
}

/**
 * This will end the use of a payment method. Refuses while an autopay or a waiting payment uses it (`method_in_use`),
 * unless told to stop those too.
 */
export async function retirePaymentMethod(
  tx: Tx,
  input: Done & MethodKey & { stopUses?: boolean },
): Promise<void> {
  const { customerId, now, actor, stopUses = false } = input
  const users = (await selectAutopaysOfMethod(tx, input)).map((autopay) => autopay.customerId)
  await lockCustomers(tx, [customerId, ...users])
  const method = await getPaymentMethod(tx, input)
  if (method.status === 'retired')
    throw new Refusal('conflict', 'method_retired', 'The method is retired already.')
  const today = await todayOf(tx, customerId, now)
  const autopays = (await selectAutopaysOfMethod(tx, input)).filter(
    ({ endDate }) => endDate === null || endDate > today,
  )
  const waiting = (await selectWaitingOfMethod(tx, input)).filter(({ origin }) => origin !== 'autopay')
  if (!stopUses && autopays.length + waiting.length > 0)
    throw new Refusal(
      'conflict',
      'method_in_use',
      `The method still serves ${autopays.length} autopay and ${waiting.length} scheduled payments; stop them first.`,
    )
  for (const autopay of autopays)
    await stopAutopay(tx, {
      ...autopay,
      endDate: today < autopay.startDate ? autopay.startDate : today,
      now,
      actor,
    })
  for (const request of waiting)
    await updateRequest(tx, request, { status: 'cancelled', reason: 'method_retired' })
  await store.updateRetired(tx, input, now)
  await tell(tx, input, 'retirePaymentMethod', 'payment_method.retired', input, { lastFour: method.lastFour })
}

async function lockMethod(tx: Tx, key: MethodKey): Promise<PaymentMethod> {
  await lockCustomers(tx, [key.customerId])
  return getPaymentMethod(tx, key)
}

async function todayOf(tx: Tx, customerId: number, now: Instant) {
  return localDateAt(now, (await getClient(tx, clientOf(customerId))).timeZone)
}

async function tell(
  tx: Tx,
  key: MethodKey,
  operation: string,
  type: string,
  { now, actor }: Done,
  detail: Record<string, unknown>,
): Promise<void> {
  const clientId = clientOf(key.customerId)
  const { customerId, methodNumber } = key
  await audit(tx, { clientId, at: now, actor, operation, subject: methodSubject(key), detail })
  await emit(tx, [
    {
      clientId,
      at: now,
      type,
      subject: methodSubject(key),
      payload: { customerId, methodNumber, ...detail },
    },
  ])
}
