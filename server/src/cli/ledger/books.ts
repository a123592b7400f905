import type { Command } from 'commander'
import { type Client, findClient } from '../../domain/identity/index.ts'
import { type Installation, withInstallation } from '../installation.ts'

/** What every command of the books takes. */
export interface LedgerOptions {
  client?: string
  json?: boolean
}

/** An installation with the client whose books are meant. */
export type Books = Installation & { client: Client }

/** This will add what every command of the books takes, and what it does with the client's books. */
export function onBooks<Options extends LedgerOptions, Arguments extends unknown[]>(
  command: Command,
  act: (books: Books, options: Options, ...given: Arguments) => Promise<void>,
): void {
  command
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write the result as JSON')
    .action((...given: unknown[]) => {
      const [options, self] = given.slice(-2) as [Options, Command]
      return withInstallation(self, async (installation) => {
        const client = await findClient(installation.database.read, options.client)
        await act({ ...installation, client }, options, ...(given.slice(0, -2) as Arguments))
      })
    })
}

/** This will print a result as JSON, or as text. */
export function tell<Result>(
  { json }: LedgerOptions,
  result: Result,
  text: (result: Result) => string,
): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : text(result))
}
