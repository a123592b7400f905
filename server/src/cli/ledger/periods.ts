import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { closePeriod, openFiscalYear, reopenPeriod } from '../../domain/ledger/index.ts'
import { cliActor } from '../actor.ts'
import { type LedgerOptions, onBooks, tell } from './books.ts'

/** This will add `ledger open|close|reopen`. */
export function periodCommands(ledger: Command): void {
  onBooks<LedgerOptions & { year: number }, []>(
    ledger
      .command('open')
      .description('Open the twelve accounting periods of a fiscal year')
      .requiredOption('--year <year>', 'the year in which the fiscal year ends', readYear),
    async ({ database, clock, client }, options) => {
      const act = { clientId: client.clientId, fiscalYear: options.year, now: clock(), actor: cliActor() }
      const periods = await database.transaction((tx) => openFiscalYear(tx, act))
      tell(options, periods, () => `Periods ${periods[0]?.code} to ${periods.at(-1)?.code} are open.\n`)
    },
  )
  onBooks<LedgerOptions, [code: string]>(
    ledger
      .command('close')
      .description('Close an accounting period and freeze its balances: nothing is posted into it any more')
      .argument('<period>', 'such as 2026-01'),
    async ({ database, clock, client }, options, code) => {
      const act = { clientId: client.clientId, code, now: clock(), actor: cliActor() }
      await database.transaction((tx) => closePeriod(tx, act))
      tell(options, { period: code, status: 'closed' }, () => `Period ${code} is closed.\n`)
    },
  )
  onBooks<LedgerOptions & { reason: string }, [code: string]>(
    ledger
      .command('reopen')
      .description('Open the latest closed accounting period again')
      .argument('<period>', 'such as 2026-01')
      .requiredOption('--reason <text>', 'why, for the audit trail'),
    async ({ database, clock, client }, options, code) => {
      const actor = { ...cliActor(), reason: options.reason }
      const act = { clientId: client.clientId, code, now: clock(), actor }
      await database.transaction((tx) => reopenPeriod(tx, act))
      tell(options, { period: code, status: 'open' }, () => `Period ${code} is open again.\n`)
    },
  )
}

function readYear(text: string): number {
  if (/^\d{4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('a year of four digits')
}
