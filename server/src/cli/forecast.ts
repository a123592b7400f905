import type { Command } from 'commander'
import { parseAccountId } from '../domain/agreements/index.ts'
import { agreementOutlook, type PricedCharge } from '../domain/billing/index.ts'
import { findClient } from '../domain/identity/index.ts'
import { localDateAt } from '../platform/time.ts'
import { withInstallation } from './installation.ts'
import { billJson, billsText } from './price/print.ts'

interface ForecastOptions {
  client?: string
  json?: boolean
  explain?: boolean
}

/** This will add `forecast ACCOUNT` to the program: the next bill so far, and what it may become. */
export function forecastCommand(program: Command): void {
  program
    .command('forecast')
    .description('The bill to date of an account, and what it may be when its period ends')
    .argument('<account>', 'account id, such as 00000042-01-0001')
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write both as JSON')
    .option('--explain', 'give the reason of every line')
    .action((account: string, { client, json, explain = false }: ForecastOptions, command: Command) =>
      withInstallation(command, async ({ database, clock }) => {
        const { clientId, timeZone } = await findClient(database.read, client)
        const key = parseAccountId(clientId, account)
        const { toDate, forecast } = await agreementOutlook(
          database.read,
          key,
          localDateAt(clock(), timeZone),
        )
        const parts = { ...(toDate && { toDate }), forecast }
        const text = Object.entries(parts).map(([name, charge]) => describe(name, charge, explain))
        const bills = Object.entries(parts).map(([name, charge]) => [name, billJson(priced(charge), explain)])
        process.stdout.write(
          json ? `${JSON.stringify(Object.fromEntries(bills), undefined, 2)}\n` : text.join('\n'),
        )
      }),
    )
}

const TITLES: Readonly<Record<string, string>> = { toDate: 'To date', forecast: 'Forecast' }

function describe(name: string, charge: PricedCharge, explain: boolean): string {
  const currency = charge.versions[0]?.compiled.currency ?? ''
  return `${TITLES[name]}: ${billsText([priced(charge)], currency, explain)}`
}

function priced({ period, rated }: PricedCharge) {
  return { ...period, charge: rated }
}
