import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { findClient } from '../domain/identity/index.ts'
import { createRenderer } from '../formats/pdf/index.ts'
import { Refusal } from '../platform/errors.ts'
import { makeFolders } from '../platform/folder.ts'
import { withInstallation } from './installation.ts'
import { printWaiting } from './print/batch.ts'
import { openProgress } from './progress.ts'

const FOLDER_MODE = 0o700

/** This will add `print DIR` to the program: bills and letters that go by post, as PDF files for a printer. */
export function printCommand(program: Command): void {
  program
    .command('print')
    .description('Write the bills and letters that wait for the post as PDF files; they count as sent')
    .argument('<dir>', 'folder for the files and their index.csv')
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write progress and result as JSON')
    .action((dir: string, options: { client?: string; json?: boolean }, command: Command) =>
      withInstallation(command, async ({ database, clock }) => {
        const { clientId } = await findClient(database.read, options.client)
        const folder = resolve(dir)
        openFolder(folder)
        const json = options.json ?? false
        const progress = openProgress({ label: 'Printing', unit: 'documents', json })
        const renderer = createRenderer({ workers: Math.min(4, availableParallelism()) })
        try {
          const onProgress = (done: number) => progress.update(done)
          const printed = await printWaiting({ database, clock, renderer }, { clientId, folder, onProgress })
          progress.finish()
          console.log(
            json
              ? JSON.stringify({ folder, ...printed })
              : `${printed.bills} bills and ${printed.letters} letters are in ${folder}.`,
          )
        } finally {
          await renderer.close()
        }
      }),
    )
}

/** Bills are nobody else's to read. */
function openFolder(folder: string): void {
  try {
    makeFolders(folder, FOLDER_MODE)
  } catch (error) {
    const { code } = error as { code?: string }
    throw new Refusal(
      'rule',
      'folder_unusable',
      `${folder} cannot be written (${code}); name another folder.`,
    )
  }
}
