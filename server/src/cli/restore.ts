import type { Command } from 'commander'
import { verify } from '../domain/overview/index.ts'
import { connect, openArchive, type RestoreReport, restore, SERVER_ROLE } from '../platform/db/index.ts'
import { installJobs } from '../platform/jobs/index.ts'
import { keyPlace } from './backup.ts'
import { CommandFailed } from './failure.ts'
import { configOf, openDatabase } from './installation.ts'
import { openProgress, type Progress } from './progress.ts'

const LABELS = { check: 'Checking the file', load: 'Loading', compare: 'Comparing' }

/** This will add `restore FILE` to the program. */
export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .description('Fill an empty database with a backup and verify it')
    .argument('<file>', 'what billwright backup wrote')
    .option('--json', 'write progress and report as JSON')
    .action(async (file: string, options: { json?: boolean }, command: Command) => {
      const config = configOf(command)
      const watch = watcher(options.json ?? false)
      const archive = await openArchive(file, (done, total) => watch.update('check', done, total))
      try {
        const { connectionString, close } = await openDatabase(config)
        try {
          const report = await restore({ connectionString, archive, onProgress: watch.update })
          watch.finish()
          await installJobs(connectionString)
          const broken = await brokenInvariants(connectionString)
          console.log(options.json ? JSON.stringify({ file, ...report, broken }) : describe(report, broken))
          if (!options.json)
            console.log(`The encryption key is not in a backup: put back ${keyPlace(config)}.`)
          if (broken.length > 0) throw new CommandFailed()
        } finally {
          await close()
        }
      } finally {
        await archive.close()
      }
    })
}

async function brokenInvariants(connectionString: string): Promise<string[]> {
  const database = connect({ connectionString, role: SERVER_ROLE, applicationName: 'billwright restore' })
  try {
    const results = await database.transaction((tx) => verify(tx, 'all'), 'repeatable read')
    return results.filter(({ offenders }) => offenders.length > 0).map(({ name }) => name)
  } finally {
    await database.destroy()
  }
}

function describe({ tables, rows, migrated }: RestoreReport, broken: string[]): string {
  const grown = migrated.length === 0 ? '' : `; then ${migrated.join(', ')} ran`
  const held =
    broken.length === 0
      ? 'Every invariant of the books and the audit chain holds.'
      : `It was backed up with broken invariants: ${broken.join(', ')}; billwright verify names the offenders.`
  return `${rows} rows of ${tables} tables are as they were backed up${grown}.\n${held}`
}

/** One progress bar a step. */
function watcher(json: boolean) {
  let current: { step: string; progress: Progress } | undefined
  return {
    update(step: keyof typeof LABELS, done: number, total: number) {
      if (current?.step !== step) {
        current?.progress.finish()
        const unit = step === 'check' ? 'bytes' : 'rows'
        current = { step, progress: openProgress({ label: LABELS[step], total, unit, json }) }
      }
      current.progress.update(done)
    },
    finish: () => current?.progress.finish(),
  }
}
