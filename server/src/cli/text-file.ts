import { readFile } from 'node:fs/promises'
import { Refusal } from '../platform/errors.ts'

/** This will read a file that the command line names, as text. Refuses one that cannot be read. */
export async function readTextFile(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message
    throw new Refusal('not_found', 'file_unreadable', `Cannot read ${path}: ${reason}. Check the path.`)
  })
}
