import type { Command } from 'commander'
import { accountingPeriods, accountStatement, trialBalance } from '../domain/ledger/index.ts'
import type { LocalDate } from '../platform/time.ts'
import { readDay } from './day.ts'
import { type LedgerOptions, onBooks, tell } from './ledger/books.ts'
import { chartCommands } from './ledger/chart.ts'
import { exportCommand } from './ledger/export.ts'
import { periodCommands } from './ledger/periods.ts'
import { periodsText, statementText, trialBalanceText } from './ledger/text.ts'

/** This will add `ledger` and its commands to the program. */
export function ledgerCommands(program: Command): void {
  const ledger = program
    .command('ledger')
    .description('Look into the books, close their periods, export them')
  readCommands(ledger)
  statementCommand(ledger)
  chartCommands(ledger)
  periodCommands(ledger)
  exportCommand(ledger)
}

function readCommands(ledger: Command): void {
  onBooks<LedgerOptions & { asOf?: LocalDate }, []>(
    ledger
      .command('trial-balance')
      .description('The balance of every account')
      .option('--as-of <date>', 'up to and with this accounting day (all that is posted)', readDay),
    async ({ database, client }, options) =>
      tell(options, await trialBalance(database.read, client.clientId, options.asOf), trialBalanceText),
  )
  onBooks<LedgerOptions, []>(
    ledger.command('periods').description('The accounting periods'),
    async ({ database, client }, options) =>
      tell(options, await accountingPeriods(database.read, client.clientId), periodsText),
  )
}

interface StatementOptions extends LedgerOptions {
  from: LocalDate
  to: LocalDate
}

function statementCommand(ledger: Command): void {
  onBooks<StatementOptions, [code: string]>(
    ledger
      .command('account')
      .description('What moved one account, with its balance before and after')
      .argument('<code>', 'ledger account, such as cash')
      .requiredOption('--from <date>', 'first accounting day', readDay)
      .requiredOption('--to <date>', 'the day after the last', readDay),
    async ({ database, client }, options, code) => {
      const wish = { clientId: client.clientId, code, from: options.from, to: options.to }
      let page = await accountStatement(database.read, wish)
      const whole = { ...page, movements: [...page.movements] }
      while (page.next) {
        page = await accountStatement(database.read, { ...wish, after: page.next })
        whole.movements.push(...page.movements)
      }
      const { account, openingCents, movements } = whole
      tell(options, { account, openingCents, movements, closingCents: page.closingCents }, statementText)
    },
  )
}
