import { stopAgreement } from '../../src/domain/agreements/index.ts'
import {
  type BillAct,
  cancelBill,
  cancelCharge,
  chargesOfAgreement,
  completeBill,
  creditBill,
  rebillCharge,
} from '../../src/domain/billing/index.ts'
import type { Tx } from '../../src/platform/db/index.ts'
import { type CommandKind, homeOf, NothingToDo, pick } from './command.ts'
import {
  enrol,
  FIRST_DAY,
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
    weight: 8,
    async run(world, command) {
      const home = homeOf(world, command)
      if (home.movedOutOn !== undefined || home.charges.length > 30) throw new NothingToDo()
      await readNextMonth(world, home)
    },
  },
  {
    name: 'bill',
    weight: 8,
    async run(world, command) {
      const due = world.homes.filter((one) => chargedThrough(one) < one.readThrough)
      const home = pick(command.which % 10 === 0 ? world.homes : due, command.who)
      const { customerId, accountNumber, readThrough } = home
      const { billId } = await world.act((tx, done) =>
        completeBill(tx, {
          customerId,
          accountNumber,
          periodEnd: readThrough,
          billDate: world.day(),
          ...done,
        }),
      )
      chargeThrough(home, billId)
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
      delete charge.billId
    },
  },
  ...[cancelBill, async (tx: Tx, input: BillAct) => void (await creditBill(tx, input))].map(
    (take, index): CommandKind => ({
      name: index === 0 ? 'cancel bill' : 'credit bill',
      weight: 1,
      async run(world, command) {
        const home = homeOf(world, command)
        const shown = home.charges.flatMap((one) => one.billId ?? [])
        const billId = pick([...new Set(shown)], command.which)
        const correction = { reason: 'model', correctedOn: world.day() }
        await world.act((tx, done) =>
          take(tx, { customerId: home.customerId, billId, ...correction, ...done }),
        )
        for (const charge of home.charges) {
          if (!charge.live || charge.billId !== billId) continue
          charge.live = false
          home.owedCents -= charge.amountCents
        }
      },
    }),
  ),
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

function chargedThrough(home: ModelHome): string {
  const live = home.charges.filter((one) => one.live).map((one) => nextMonth(one.month))
  return live.sort().at(-1) ?? FIRST_DAY
}

/** A bill charges on from the last live charge, month by month. */
function chargeThrough(home: ModelHome, billId: number): void {
  let month = chargedThrough(home)
  for (; month < home.readThrough; month = nextMonth(month)) {
    const amountCents = monthCents(home, month)
    home.charges.push({ month, amountCents, live: true })
    home.owedCents += amountCents
  }
  for (const charge of home.charges) if (charge.live) charge.billId ??= billId
}

async function keyOf(world: ModelWorld, home: ModelHome, month: string) {
  const charges = await chargesOfAgreement(world.db.read, home)
  const found = charges.find((one) => one.startDate === month && one.status === 'frozen')
  if (!found) throw new Error(`the books have no live charge of ${month}`)
  return { customerId: home.customerId, chargeId: found.chargeId }
}
