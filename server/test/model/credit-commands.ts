import { writeOffAgreement } from '../../src/domain/collections/index.ts'
import { requestDisbursement } from '../../src/domain/payments/index.ts'
import {
  applyCredits,
  assessDeposit,
  balances,
  cancelAdjustment,
  cancelArrangement,
  contractsOfAccount,
  createAdjustment,
  endBudget,
  makePromise,
  startArrangement,
  startBudget,
  transferBalance,
} from '../../src/domain/receivables/index.ts'
import { handleEvents, runDays } from '../../src/jobs/index.ts'
import { addDays } from '../../src/platform/time.ts'
import { ACTOR } from '../support/billed-town.ts'
import { type CommandKind, homeOf, pick } from './command.ts'
import type { ModelHome, ModelWorld } from './model-world.ts'

/** Adjusting, transferring, refunding, and paying over time. */
export const CREDIT_COMMANDS: CommandKind[] = [
  {
    name: 'adjust',
    weight: 3,
    async run(world, command) {
      const home = homeOf(world, command)
      const direction = command.which % 3 !== 0 ? 'debit' : 'credit'
      const { adjustmentId } = await world.act((tx, done) =>
        createAdjustment(tx, {
          ...keyOf(home),
          type: 'billing_correction',
          amountCents: command.amountCents,
          direction,
          effectiveDate: world.day(),
          ...done,
        }),
      )
      const amountCents = direction === 'debit' ? command.amountCents : -command.amountCents
      home.adjustments.push({ adjustmentId, amountCents })
      home.owedCents += amountCents
    },
  },
  {
    name: 'take back adjustment',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const adjustment = pick(home.adjustments, command.which)
      const { adjustmentId } = adjustment
      await world.act((tx, done) =>
        cancelAdjustment(tx, {
          customerId: home.customerId,
          adjustmentId,
          reason: 'model',
          cancelledOn: world.day(),
          ...done,
        }),
      )
      home.adjustments = home.adjustments.filter((one) => one !== adjustment)
      home.owedCents -= adjustment.amountCents
    },
  },
  {
    name: 'transfer',
    weight: 2,
    async run(world, command) {
      const [from, to] = [homeOf(world, command), pick(world.homes, command.which)]
      const what = command.amountCents % 3 !== 0 ? ('debt' as const) : ('credit' as const)
      const scope = { clientId: world.town.clientId }
      const move = { from: keyOf(from), to: keyOf(to), scope, what, effectiveDate: world.day() }
      const [moved] = await world.act((tx, done) => transferBalance(tx, { ...move, ...done }))
      const leavingCents = moved.amountCents ?? 0
      from.owedCents += leavingCents
      to.owedCents -= leavingCents
    },
  },
  {
    name: 'apply credits',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      await world.act((tx, done) => applyCredits(tx, { ...home, effectiveDate: world.day(), ...done }))
    },
  },
  {
    name: 'refund',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const found = await balances(world.db.read, [home.customerId], world.day())
      const credit = pick(
        found.filter((one) => one.currentCents < 0),
        command.which,
      )
      const amountCents = -credit.currentCents
      await world.act((tx, done) =>
        requestDisbursement(tx, {
          customerId: home.customerId,
          agreementId: credit.agreementId,
          amountCents,
          reason: 'model',
          requestedOn: world.day(),
          ...done,
        }),
      )
      home.owedCents += amountCents
    },
  },
  {
    name: 'plan',
    weight: 2,
    async run(world, command) {
      const home = homeOf(world, command)
      const split = { count: 2 + (command.which % 5) }
      await world.act((tx, done) => startArrangement(tx, { ...home, split, day: world.day(), ...done }))
    },
  },
  {
    name: 'end plan',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const live = await contractsOfAccount(world.db.read, home)
      const plan = pick(
        live.filter((one) => one.kind === 'arrangement' && one.status === 'active'),
        command.which,
      )
      const end = { ...plan, day: world.day(), reason: 'model' }
      await world.act((tx, done) => cancelArrangement(tx, { ...end, ...done }))
    },
  },
  {
    name: 'extend',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const { amountCents } = command
      const payments = [{ dueDate: addDays(world.day(), 10 + (command.which % 30)), amountCents }]
      const promise = { ...home, amountCents, payments, requestedBy: 'model', day: world.day() }
      await world.act((tx, done) => makePromise(tx, { ...promise, ...done }))
    },
  },
  {
    name: 'level',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const amounts = [{ agreementId: home.agreementId, amountCents: 1000 + command.amountCents }]
      await world.act((tx, done) => startBudget(tx, { ...home, amounts, day: world.day(), ...done }))
    },
  },
  {
    name: 'end levelling',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const live = await contractsOfAccount(world.db.read, home)
      const plan = pick(
        live.filter((one) => one.kind === 'budget' && one.status === 'active'),
        command.which,
      )
      const end = { ...plan, day: world.day(), reason: 'model' }
      await world.act((tx, done) => endBudget(tx, { ...end, ...done }))
    },
  },
  {
    name: 'ask for a deposit',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const deposit = { ...keyOf(home), accountNumber: home.accountNumber, amountCents: command.amountCents }
      await world.act((tx, done) =>
        assessDeposit(tx, { ...deposit, reason: 'credit', day: world.day(), ...done }),
      )
    },
  },
  {
    name: 'write off',
    weight: 1,
    async run(world, command) {
      const home = pick(
        world.homes.filter((one) => one.movedOutOn !== undefined),
        command.who,
      )
      const writeOff = { ...keyOf(home), writeOffDate: world.day() }
      await world.act((tx, done) => writeOffAgreement(tx, { ...writeOff, ...done }))
    },
  },
  {
    name: 'dun',
    weight: 2,
    run: (world, { which }) => liveThrough(world, 1 + (which % 7)),
  },
]

function keyOf({ customerId, agreementId }: ModelHome) {
  return { customerId, agreementId }
}

/** What the daily work charges of itself: fees, interest, small balances. Everything else that it does moves no debt. */
const DAILY_KINDS = ['fee', 'adjustment', 'adjustment_cancel'] as const

async function liveThrough(world: ModelWorld, days: number): Promise<void> {
  const before = await chargedByKind(world)
  const context = { database: world.db, clock: world.now, actor: ACTOR }
  for (let day = 0; day < days; day++) {
    world.pass(1)
    await runDays(context, { clientId: world.town.clientId, through: world.day() })
    await handleEvents(context)
  }
  const after = await chargedByKind(world)
  for (const home of world.homes)
    home.owedCents += (after.get(home.customerId) ?? 0) - (before.get(home.customerId) ?? 0)
}

async function chargedByKind({ db, homes }: ModelWorld): Promise<Map<number, number>> {
  const rows = await db.read
    .selectFrom('open_item')
    .select(({ fn }) => ['customer_id as customerId', fn.sum<number>('amount_cents').as('cents')])
    .where(
      'customer_id',
      'in',
      homes.map((home) => home.customerId),
    )
    .where('kind', 'in', DAILY_KINDS)
    .groupBy('customer_id')
    .execute()
  return new Map(rows.map((row) => [row.customerId, Number(row.cents)]))
}
