import { stopAgreement } from '../../src/domain/agreements/index.ts'
import {
  cancelCharge,
  chargesOfAgreement,
  completeBill,
  rebillCharge,
} from '../../src/domain/billing/index.ts'
import { type CommandKind, homeOf, NothingToDo, pick } from './command.ts'
import {
  enrol,
  type ModelHome,
  type ModelWorld,
  monthCents,
  nextMonth,
  readNextMonth,
} from './model-world.ts'

export const BILLING_COMMANDS: CommandKind[] = [
  {
    name: 'enrol',
    weight: 2,
    run: (world, { which }) => enrol(world, 200 + 10 * which),
  },
  {
    name: 'read',
    weight: 6,
    async run(world, command) {
      const home = homeOf(world, command)
      if (home.movedOutOn !== undefined || home.charges.length > 30) throw new NothingToDo()
      await readNextMonth(world, home)
    },
  },
  {
    name: 'bill',
    weight: 6,
    async run(world, command) {
      const home = homeOf(world, command)
      const { customerId, accountNumber, readThrough } = home
      await world.act((tx, done) =>
        completeBill(tx, {
          customerId,
          accountNumber,
          periodEnd: readThrough,
          billDate: world.day(),
          ...done,
        }),
      )
      chargeThrough(home)
    },
  },
  {
    name: 'cancel',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const charge = pick(
        home.charges.filter((one) => one.live),
        command.which,
      )
      const correction = {
        ...(await keyOf(world, home, charge.month)),
        reason: 'model',
        correctedOn: world.day(),
      }
      await world.act((tx, done) => cancelCharge(tx, { ...correction, ...done }))
      charge.live = false
      home.owedCents -= charge.amountCents
    },
  },
  {
    name: 'rebill',
    weight: 2,
    async run(world, command) {
      const home = homeOf(world, command)
      const charge = pick(
        home.charges.filter((one) => one.live),
        command.which,
      )
      const correction = {
        ...(await keyOf(world, home, charge.month)),
        reason: 'model',
        correctedOn: world.day(),
      }
      await world.act((tx, done) => rebillCharge(tx, { ...correction, ...done }))
    },
  },
  {
    name: 'move out',
    weight: 1,
    async run(world, command) {
      const home = homeOf(world, command)
      const endDate = home.readThrough
      await world.act((tx, done) => stopAgreement(tx, { ...home, endDate, ...done }))
      home.movedOutOn = endDate
    },
  },
]

/** A bill charges on from the last live charge, month by month. */
function chargeThrough(home: ModelHome): void {
  const live = home.charges.filter((one) => one.live).map((one) => nextMonth(one.month))
  let month = live.sort().at(-1) ?? '2026-01-01'
  for (; month < home.readThrough; month = nextMonth(month)) {
    const amountCents = monthCents(home, month)
    home.charges.push({ month, amountCents, live: true })
    home.owedCents += amountCents
  }
}

async function keyOf(world: ModelWorld, home: ModelHome, month: string) {
  const charges = await chargesOfAgreement(world.db.read, home)
  const found = charges.find((one) => one.startDate === month && one.status === 'frozen')
  if (!found) throw new Error(`the books have no live charge of ${month}`)
  return { customerId: home.customerId, chargeId: found.chargeId }
}
