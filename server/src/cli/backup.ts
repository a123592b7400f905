import type { Command } from 'commander'
import { backUp } from '../platform/db/index.ts'
import { systemClock } from '../platform/time.ts'
import { configOf, openDatabase } from './installation.ts'
import { openProgress, type Progress } from './progress.ts'
import { release } from './release.ts'

/** This will add `backup FILE` to the program. */
export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description('Write the whole database to one checksummed file, beside a running server or alone')
    .argument('<file>', 'the file to make; one that exists is not touched')
    .option('--json', 'write progress and report as JSON')
    .action(async (file: string, options: { json?: boolean }, command: Command) => {
      const config = configOf(command)
      const { connectionString, close } = await openDatabase(config)
      let progress: Progress | undefined
      try {
        const report = await backUp({
          connectionString,
          file,
          program: release(),
          now: systemClock(),
          onProgress(done, total) {
            progress ??= openProgress({
              label: 'Backing up',
              total,
              unit: 'rows',
              json: options.json ?? false,
            })
            progress.update(done)
          },
        })
        progress?.finish()
        if (options.json) return console.log(JSON.stringify({ file, ...report }))
        const { tables, rows, bytes, sha256 } = report
        console.log(
          `${file}: ${rows} rows of ${tables} tables, ${(bytes / 1e6).toFixed(1)} MB, SHA-256 of SHA256SUMS ${sha256}`,
        )
        console.log(`The encryption key is not in it: keep ${keyPlace(config)} too, in another place.`)
      } finally {
        await close()
      }
    })
}

/** This will say where the key of an installation is. */
export function keyPlace(config: { key?: string; dataDir: string }): string {
  return config.key === undefined ? `the file ${config.dataDir}/key` : 'the value of BILLWRIGHT_KEY'
}
