import { Command } from 'commander'
import { tellFailure } from './failure.ts'
import { release } from './release.ts'

type AddCommand = (program: Command) => void

/** Each command is loaded when it is asked for, so that none waits for the others' libraries. */
const commands: Record<string, () => Promise<AddCommand>> = {
  start: async () => (await import('./start.ts')).startCommand,
  worker: async () => (await import('./worker.ts')).workerCommand,
  init: async () => (await import('./init.ts')).initCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  price: async () => (await import('./price.ts')).price,
  truth: async () => (await import('./truth.ts')).truth,
  'bill-run': async () => (await import('./bill-run.ts')).billRunCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  ledger: async () => (await import('./ledger.ts')).ledgerCommands,
  verify: async () => (await import('./verify.ts')).verifyCommand,
  import: async () => (await import('./import.ts')).importCommands,
  load: async () => (await import('./load-payments.ts')).loadCommands,
  compare: async () => (await import('./compare.ts')).compareCommand,
  forecast: async () => (await import('./forecast.ts')).forecastCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  tariff: async () => (await import('./tariff.ts')).tariffCommands,
  print: async () => (await import('./print.ts')).printCommand,
  gateway: async () => (await import('./gateway.ts')).gatewayCommands,
  webhook: async () => (await import('./webhook.ts')).webhookCommands,
  greenbutton: async () => (await import('./greenbutton.ts')).greenbuttonCommands,
}

/** This will run one command line and return its exit code. */
export async function runCommandLine(args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const program = newProgram(environment)
  // A name after a flag may be that flag's value; then every command is loaded.
  const named = args.find(
    (argument, index) => Object.hasOwn(commands, argument) && !args[index - 1]?.startsWith('-'),
  )
  const wanted = commands[named ?? '']
  const loaders = wanted && args[0] !== 'help' ? [wanted] : Object.values(commands)
  try {
    for (const load of loaders) (await load())(program)
    await program.parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    return tellFailure(error, args.includes('--debug'), (text) => process.stderr.write(text))
  }
}

function newProgram(environment: NodeJS.ProcessEnv): Command {
  return new Command('billwright')
    .description('A customer information and billing system in which every bill explains itself')
    .version(release())
    .option('--data <dir>', 'data folder of the embedded database (BILLWRIGHT_DATA)')
    .option('--database-url <url>', 'PostgreSQL server instead of the embedded database (DATABASE_URL)')
    .option('--debug', 'show the details of a failure')
    .setOptionValue('environment', environment)
    .showSuggestionAfterError()
    .exitOverride()
}

if (import.meta.main) process.exit(await runCommandLine(process.argv.slice(2), process.env))
