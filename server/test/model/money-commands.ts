import { cancelPayment, recordPayment } from '../../src/domain/payments/index.ts'
import { type CommandKind, homeOf, pick } from './command.ts'

export const MONEY_COMMANDS: CommandKind[] = [
  {
    name: 'pay',
    weight: 5,
    async run(world, command) {
      const home = homeOf(world, command)
      const amountCents = 1 + (command.amountCents % 6000)
      const { customerId, accountNumber } = home
      const eventNumber = await world.act((tx, done) =>
        recordPayment(tx, {
          payerCustomerId: customerId,
          accounts: [{ customerId, accountNumber, amountCents }],
          paymentDate: world.day(),
          source: 'counter',
          tender: { method: 'cash' },
          ...done,
        }),
      )
      home.payments.push({ eventNumber: eventNumber ?? 0, amountCents })
      home.owedCents -= amountCents
    },
  },
  {
    name: 'pay for a neighbour',
    weight: 2,
    async run(world, command) {
      const [home, other] = [homeOf(world, command), pick(world.homes, command.which)]
      const amountCents = 1 + (command.amountCents % 3000)
      const accounts = [...new Set([home, other])].map((one) => ({
        customerId: one.customerId,
        accountNumber: one.accountNumber,
        amountCents,
      }))
      await world.act((tx, done) =>
        recordPayment(tx, {
          payerCustomerId: home.customerId,
          accounts,
          paymentDate: world.day(),
          source: 'transfer',
          tender: { method: 'ach' },
          ...done,
        }),
      )
      for (const one of new Set([home, other])) one.owedCents -= amountCents
    },
  },
  {
    name: 'return',
    weight: 2,
    async run(world, command) {
      const home = homeOf(world, command)
      const payment = pick(home.payments, command.which)
      await world.act((tx, done) =>
        cancelPayment(tx, {
          payerCustomerId: home.customerId,
          eventNumber: payment.eventNumber,
          reason: 'model',
          cancelledOn: world.day(),
          ...done,
        }),
      )
      home.payments = home.payments.filter((one) => one !== payment)
      home.owedCents += payment.amountCents
    },
  },
]
