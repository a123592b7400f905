import type { Command } from 'commander'
import { migrate } from '../platform/db/index.ts'
import { installJobs } from '../platform/jobs/index.ts'
import { configOf, openDatabase } from './installation.ts'

/** This will add `migrate [--check]` to the program. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description("Bring the database up to this program's schema")
    .option('--check', 'only tell what would run')
    .option('--json', 'write the migrations as JSON')
    .action(async (options: { check?: boolean; json?: boolean }, command: Command) => {
      const { connectionString, close } = await openDatabase(configOf(command))
      try {
        const check = options.check ?? false
        const migrations = await migrate({ connectionString, check })
        if (!check) await installJobs(connectionString)
        const names = migrations.map(({ name }) => name)
        console.log(options.json ? JSON.stringify({ check, migrations: names }) : describe(names, check))
      } finally {
        await close()
      }
    })
}

function describe(names: string[], check: boolean): string {
  if (names.length === 0) return 'The database is up to date.'
  return [check ? 'These would run:' : 'These ran:', ...names.map((name) => `  ${name}`)].join('\n')
}
