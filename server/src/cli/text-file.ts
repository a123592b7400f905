import { readFile } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { Refusal } from '../platform/errors.ts'

/**
 * This will read a file that the command line names, as text: UTF-16 with a byte order mark, else UTF-8.
 * Refuses one that cannot be read, and one that is compressed.
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, REASONS[error.code ?? ''] ?? error.message, 'Check the path.')
  })
  const [first, second] = bytes
  if ((first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b))
    throw unreadable(path, 'it is compressed', 'Unpack it first.')
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
}

function unreadable(path: string, reason: string, remedy: string): Refusal {
  return new Refusal('not_found', 'file_unreadable', `Cannot read ${path}: ${reason}. ${remedy}`)
}
