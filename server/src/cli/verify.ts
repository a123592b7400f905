import { Argument, type Command } from 'commander'
import { type VerifyScope, verify } from '../domain/overview/index.ts'
import { CommandFailed } from './failure.ts'
import { withInstallation } from './installation.ts'

/** This will add `verify [ledger|audit|all]` to the program: exit code 1 and the offenders when an invariant is broken. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Check every invariant of the books and the audit chain')
    .addArgument(new Argument('[what]', 'what to check').choices(['ledger', 'audit', 'all']).default('all'))
    .option('--json', 'write the results as JSON')
    .action((what: VerifyScope, options: { json?: boolean }, command: Command) =>
      withInstallation(command, async ({ database }) => {
        const results = await database.transaction((tx) => verify(tx, what), 'repeatable read')
        const broken = results.filter((result) => result.offenders.length > 0)
        if (options.json) console.log(JSON.stringify({ holds: broken.length === 0, invariants: results }))
        else {
          for (const { name, sentence, offenders } of results) {
            console.log(`${offenders.length === 0 ? 'holds ' : 'BROKEN'}  ${name}: ${sentence}`)
            for (const offender of offenders) console.log(`          ${offender}`)
          }
          console.log(`${results.length - broken.length} invariants hold, ${broken.length} broken`)
        }
        if (broken.length > 0) throw new CommandFailed()
      }),
    )
}
