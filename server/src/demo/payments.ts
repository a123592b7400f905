import { agreementIdOf } from '../domain/agreements/index.ts'
import { customerIdOf, customerNumber } from '../domain/customers/index.ts'
import { type PaymentInput, recordPayment } from '../domain/payments/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { addDays, type LocalDate } from '../platform/time.ts'
import { dayGrid } from './calendar.ts'
import { atHour, DEMO_ACTOR } from './context.ts'
import { randomOf } from './random.ts'
import type { OpenBill } from './store.ts'
import type { DemoCustomer, PayHabit } from './town.ts'

/** Numbers below this are the people of the stories; each of their payments is an event of its own. */
const FIRST_NEIGHBOUR = 100

const TUESDAY = 1
const FRIDAY = 4

type Way = 'transfer' | 'card' | 'lockbox'
const METHODS = { transfer: 'ach', card: 'card', lockbox: 'check' } as const

/** A payment that somebody will make. */
export interface PlannedPayment {
  day: LocalDate
  way: Way
  customerId: number
  accountNumber: number
  amountCents: number
  /** The agreement that alone is paid; absent, the oldest debt. */
  agreementId?: number
}

/** This will tell when, how and how much a customer pays on a bill; undefined when nothing. */
export function paymentOf(customer: DemoCustomer, bill: OpenBill): PlannedPayment | undefined {
  const account = customer.accounts[bill.accountNumber - 1]
  if (!account) return undefined
  const habit = habitOn(account.pays, bill.billDate)
  const random = randomOf(`payment ${customer.number} ${bill.billId}`)
  const day = payDay(habit, bill, random.below(1000))
  const wholeDebt = habit === 'autopay' || habit === 'prompt'
  const amountCents = wholeDebt ? bill.amountDueCents : bill.chargesCents
  if (day === undefined || amountCents <= 0) return undefined
  const { customerId, accountNumber } = bill
  const way = habit === 'autopay' ? 'transfer' : account.delivery === 'paper' ? 'lockbox' : 'card'
  const latest = agreementIdOf(1, account.agreements.length)
  const isNeighbour = customer.number >= FIRST_NEIGHBOUR
  return {
    day: isNeighbour && way !== 'transfer' ? depositDay(day, way) : day,
    way,
    customerId,
    accountNumber,
    amountCents,
    ...(habit === 'latest_only' && { agreementId: latest }),
  }
}

type PlainHabit = Exclude<PayHabit, object>

function habitOn(habit: PayHabit, day: LocalDate): PlainHabit {
  if (typeof habit === 'string') return habit
  return habitOn(day < habit.until ? habit.before : habit.after, day)
}

function payDay(habit: PlainHabit, { billDate, dueDate }: OpenBill, luck: number): LocalDate | undefined {
  switch (habit) {
    case 'autopay':
      return dueDate
    case 'late':
      return addDays(dueDate, 3 + (luck % 32))
    case 'never':
      return undefined
    default:
      return addDays(billDate, 4 + (luck % 14))
  }
}

/** The bank sends what cards paid on Tuesdays and the checks of the lockbox on Fridays. */
function depositDay(day: LocalDate, way: 'card' | 'lockbox'): LocalDate {
  const weekday = way === 'card' ? TUESDAY : FRIDAY
  return addDays(day, (weekday - dayGrid(day).weekday + 7) % 7)
}

/**
 * This will take the payments of a day: those of the stories one by one, the others in one deposit a way. The sender's
 * number makes sure that none is taken twice.
 */
export async function takePayments(
  tx: Tx,
  clientId: number,
  day: LocalDate,
  payments: readonly PlannedPayment[],
): Promise<void> {
  const single = payments.filter((one) => customerNumber(one.customerId) < FIRST_NEIGHBOUR)
  for (const one of single) await take(tx, one.customerId, day, one.way, [one])
  const deposit = customerIdOf(clientId, 0)
  for (const way of ['lockbox', 'card', 'transfer'] as const) {
    const some = payments.filter(
      (one) => one.way === way && customerNumber(one.customerId) >= FIRST_NEIGHBOUR,
    )
    if (some.length > 0) await take(tx, deposit, day, way, some)
  }
}

async function take(
  tx: Tx,
  payerCustomerId: number,
  day: LocalDate,
  way: Way,
  payments: readonly PlannedPayment[],
): Promise<void> {
  const accounts = payments.map(
    ({ customerId, accountNumber, amountCents, agreementId }): PaymentInput['accounts'][number] => ({
      customerId,
      accountNumber,
      amountCents,
      ...(agreementId !== undefined && { shares: [{ agreementId, amountCents }] }),
    }),
  )
  await recordPayment(tx, {
    payerCustomerId,
    accounts,
    paymentDate: day,
    source: way,
    tender: { method: METHODS[way], reference: `${way} ${day}` },
    externalId: `${way}-${day}`,
    now: atHour(day, 14),
    actor: DEMO_ACTOR,
  })
}
