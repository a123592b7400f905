import { randomBytes } from 'node:crypto'
import { CommanderError } from 'commander'
import { Refusal } from '../platform/errors.ts'

export const FAILED = 1
export const WRONG_USE = 2

/** Ends a command that did its work but found it wanting (a failed check), with exit code 1 and no sentence. */
export class CommandFailed extends Error {}

/** This will tell a failure on standard error as one sentence and return the exit code that belongs to it. */
export function tellFailure(error: unknown, debug: boolean, write: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USE
  if (error instanceof CommandFailed) return FAILED
  if (error instanceof Refusal) {
    write(`billwright: ${error.message}\n`)
    if (debug) write(`${error.stack}\n`)
    return error.code === 'setting_wrong' ? WRONG_USE : FAILED
  }
  const reference = randomBytes(4).toString('hex')
  const message = error instanceof Error ? error.message : String(error)
  const hint = debug ? '' : '; run it again with --debug for the details'
  write(`billwright: a defect stopped this command (${message}; reference ${reference})${hint}.\n`)
  if (debug && error instanceof Error)
    write(`${error.stack}\n${error.cause ? `caused by ${String(error.cause)}\n` : ''}`)
  return FAILED
}
