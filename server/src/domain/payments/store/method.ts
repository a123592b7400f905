import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { MethodKey, PaymentMethod } from '../methods/method.ts'

export async function insertMethod(
  tx: Tx,
  method: PaymentMethod & { sealedToken: Buffer; createdAt: Instant; createdBy: string },
): Promise<void> {
  await sql`
    insert into payment_method (customer_id, method_number, kind, gateway, sealed_token, last_four, brand,
      routing_number, account_type, holder_name, nickname, expires_on, verification, is_default, status,
      created_at, created_by)
    values (${method.customerId}, ${method.methodNumber}, ${method.kind}, ${method.gateway}, ${method.sealedToken},
      ${method.lastFour}, ${method.brand}, ${method.routingNumber}, ${method.accountType}, ${method.holderName},
      ${method.nickname}, ${method.expiresOn}, ${method.verification}, ${method.isDefault}, ${method.status},
      ${method.createdAt}, ${method.createdBy})`.execute(tx)
}

const columns = sql`
  customer_id as "customerId", method_number as "methodNumber", kind, gateway, last_four as "lastFour", brand,
  routing_number as "routingNumber", account_type as "accountType", holder_name as "holderName", nickname,
  expires_on as "expiresOn", verification, is_default as "isDefault", status`

export async function selectMethod(tx: Tx, key: MethodKey): Promise<PaymentMethod | undefined> {
  const { rows } = await sql<PaymentMethod>`
    select ${columns} from payment_method
     where customer_id = ${key.customerId} and method_number = ${key.methodNumber}`.execute(tx)
  return rows[0]
}

export async function selectMethods(tx: Tx, customerId: number): Promise<PaymentMethod[]> {
  const { rows } = await sql<PaymentMethod>`
    select ${columns} from payment_method where customer_id = ${customerId}
     order by status, not is_default, method_number`.execute(tx)
  return rows
}

export async function selectSealedToken(tx: Tx, key: MethodKey): Promise<Buffer | undefined> {
  const { rows } = await sql<{ token: Buffer }>`
    select sealed_token as token from payment_method
     where customer_id = ${key.customerId} and method_number = ${key.methodNumber}`.execute(tx)
  return rows[0]?.token
}

export async function updateNickname(tx: Tx, key: MethodKey, nickname: string): Promise<void> {
  await sql`
    update payment_method set nickname = ${nickname}
     where customer_id = ${key.customerId} and method_number = ${key.methodNumber}`.execute(tx)
}

export async function updateVerification(
  tx: Tx,
  key: MethodKey,
  verification: PaymentMethod['verification'],
): Promise<void> {
  await sql`
    update payment_method set verification = ${verification}
     where customer_id = ${key.customerId} and method_number = ${key.methodNumber}`.execute(tx)
}

/** Two statements: the index that allows one default is checked row by row. */
export async function updateDefault(tx: Tx, { customerId, methodNumber }: MethodKey): Promise<void> {
  await sql`update payment_method set is_default = false where customer_id = ${customerId} and is_default`.execute(
    tx,
  )
  await sql`
    update payment_method set is_default = true
     where customer_id = ${customerId} and method_number = ${methodNumber}`.execute(tx)
}

export async function updateRetired(tx: Tx, key: MethodKey, retiredAt: Instant): Promise<void> {
  await sql`
    update payment_method set status = 'retired', retired_at = ${retiredAt}, is_default = false
     where customer_id = ${key.customerId} and method_number = ${key.methodNumber}`.execute(tx)
}
