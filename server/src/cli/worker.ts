import type { Command } from 'commander'
import type { Environment } from '../platform/config.ts'
import { openInstallation } from './installation.ts'
import { supervise } from './supervisor.ts'

/** This will add `worker` to the program: one more worker on the installation's database, until told to end. */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('Run a further worker on the same database')
    .option('--log <level>', 'debug, info, warn, error or silent (BILLWRIGHT_LOG)')
    .action(async (_options: object, command: Command) => {
      const endAsked = new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
      })
      const { environment = {} } = command.optsWithGlobals<{ environment?: Environment }>()
      const tell = (line: string) => process.stderr.write(`${line}\n`)
      const installation = await openInstallation(command)
      const config = { ...installation.config, databaseUrl: installation.connectionString }
      const worker = supervise('worker', { config, environment, tell })
      try {
        await Promise.race([worker.ready, endAsked])
        tell('The worker is ready; end it with Ctrl-C.')
        await endAsked
      } finally {
        await worker.stop()
        await installation.close()
      }
    })
}
