import { agreementIdOf, getAgreement } from '../domain/agreements/index.ts'
import {
  addCreditEvent,
  addProtection,
  bankruptciesOf,
  fileBankruptcy,
  protectionsOf,
  writeOffAgreement,
  writeOffsOf,
} from '../domain/collections/index.ts'
import { clientOf, customerIdOf } from '../domain/customers/index.ts'
import { findClient } from '../domain/identity/index.ts'
import {
  contractsOfAccount,
  makePromise,
  promiseTerms,
  proposeSchedule,
  reviewArrangements,
  reviewPromises,
  startArrangement,
  startBudget,
} from '../domain/receivables/index.ts'
import { placeSwitchHold, switchHolds } from '../domain/sales/index.ts'
import { apart, type Database, type Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import type { LocalDate } from '../platform/time.ts'
import { atHour, DEMO_ACTOR } from './context.ts'
import { CLIENT_CODE } from './load-utility.ts'
import { NAMED } from './people/named-person.ts'

/** What the clerks of the utility did for one of the named people. */
interface Deed {
  day: LocalDate
  customer: number
  /** Whether it was done before the loading was cut off. */
  isDone(tx: Tx, account: DeedAccount): Promise<boolean>
  act(tx: Tx, account: DeedAccount, day: LocalDate): Promise<unknown>
}

interface DeedAccount {
  customerId: number
  accountNumber: number
}

const done = (day: LocalDate) => ({ now: atHour(day, 10), actor: DEMO_ACTOR })

function contractDeed(kind: string): Deed['isDone'] {
  return async (tx, account) => (await contractsOfAccount(tx, account)).some((one) => one.kind === kind)
}

/** A contract that what was paid, or not, has ended. */
function endedDeed(kind: string): Deed['isDone'] {
  return async (tx, account) =>
    (await contractsOfAccount(tx, account)).some((one) => one.kind === kind && one.status !== 'active')
}

/** Where the first agreement of a customer was served. */
async function pointsOf(tx: Tx, customerId: number): Promise<number[]> {
  const { points } = await getAgreement(tx, { customerId, agreementId: agreementIdOf(1, 1) })
  return points.map((point) => point.servicePointId)
}

async function holdsOf(tx: Tx, customerId: number) {
  return switchHolds(tx, clientOf(customerId), await pointsOf(tx, customerId))
}

/** In the order of their days. */
const DEEDS: readonly Deed[] = [
  {
    day: '2025-10-06',
    customer: NAMED.june,
    isDone: async (tx, { customerId }) => (await protectionsOf(tx, customerId)).length > 0,
    act: (tx, account, day) =>
      addProtection(tx, {
        ...account,
        kind: 'life_support',
        startDate: day,
        endDate: '2027-03-01',
        evidence: 'Physician’s certificate of 2025-10-01, oxygen concentrator',
        reason: 'Life support in the home',
        ...done(day),
      }),
  },
  {
    day: '2025-10-04',
    customer: NAMED.petra,
    isDone: contractDeed('budget'),
    act(tx, account, day) {
      // About a twelfth of the year that she will use: the demo's history is too short to recommend it.
      const amounts = [{ agreementId: agreementIdOf(1, 1), amountCents: 190_00 }]
      return startBudget(tx, { ...account, amounts, day, ...done(day) })
    },
  },
  {
    day: '2026-03-31',
    customer: NAMED.cameBack,
    isDone: async (tx, { customerId }) => (await writeOffsOf(tx, customerId)).length > 0,
    act: (tx, { customerId }, day) =>
      writeOffAgreement(tx, {
        customerId,
        agreementId: agreementIdOf(1, 1),
        writeOffDate: day,
        logText: 'Final bill unpaid for 90 days; written off.',
        ...done(day),
      }),
  },
  {
    day: '2026-04-01',
    customer: NAMED.cameBack,
    isDone: async (tx, { customerId }) => (await holdsOf(tx, customerId)).length > 0,
    async act(tx, { customerId }, day) {
      for (const servicePointId of await pointsOf(tx, customerId))
        await placeSwitchHold(tx, {
          clientId: clientOf(customerId),
          servicePointId,
          reason: 'The occupant before left without paying',
          startDate: day,
          ...done(day),
        })
    },
  },
  {
    day: '2026-04-21',
    customer: NAMED.bankrupt,
    isDone: async (tx, { customerId }) => (await bankruptciesOf(tx, customerId)).length > 0,
    act: (tx, account, day) =>
      fileBankruptcy(tx, {
        ...account,
        caseNumber: '26-20417',
        chapter: '7',
        evidence: 'Notice of the court of 2026-04-20',
        filedOn: '2026-04-20',
        ...done(day),
      }),
  },
  {
    day: '2026-06-22',
    customer: NAMED.sam,
    isDone: contractDeed('promise'),
    async act(tx, account, day) {
      const { eligibleCents } = await promiseTerms(tx, { ...account, day })
      const payments = proposeSchedule({
        amountCents: eligibleCents,
        dueDates: ['2026-07-06', '2026-07-27'],
        frontLoadPercent: 50,
        remainderOn: 'first',
      })
      const promise = { ...account, amountCents: eligibleCents, payments, requestedBy: 'Sam Whitfield' }
      return makePromise(tx, { ...promise, day, ...done(day) })
    },
  },
  {
    day: '2026-07-10',
    customer: NAMED.sam,
    isDone: endedDeed('promise'),
    async act(tx, account, day) {
      await reviewPromises(tx, { customerIds: [account.customerId], day, ...done(day) })
      const cause = 'promise of 2026-06-22'
      await addCreditEvent(tx, { ...account, kind: 'broken_promise', cause, startDate: day, ...done(day) })
    },
  },
  {
    day: '2026-07-13',
    customer: NAMED.sam,
    isDone: contractDeed('arrangement'),
    act: (tx, account, day) =>
      startArrangement(tx, {
        ...account,
        split: { count: 6 },
        requestedBy: 'Sam Whitfield',
        note: 'Job lost; new one from September.',
        day,
        ...done(day),
      }),
  },
  {
    day: '2026-09-08',
    customer: NAMED.sam,
    isDone: endedDeed('arrangement'),
    act: (tx, { customerId }, day) =>
      reviewArrangements(tx, { customerIds: [customerId], day, ...done(day) }),
  },
]

/**
 * This will do what the clerks did from a day on and before another; what was done before is not done again. A demo of few
 * months lacks what some deeds are about: what is refused there is left out.
 */
export async function doDeeds(
  database: Database,
  { from, before }: { from: LocalDate; before: LocalDate },
): Promise<void> {
  for (const deed of DEEDS.filter(({ day }) => day >= from && day < before))
    await database.transaction(async (tx) => {
      const { clientId } = await findClient(tx, CLIENT_CODE)
      const account = { customerId: customerIdOf(clientId, deed.customer), accountNumber: 1 }
      if (await deed.isDone(tx, account)) return
      const { error } = await apart(tx, () => deed.act(tx, account, deed.day))
      if (error !== undefined && !(error instanceof Refusal)) throw error
    })
}
