import { Logger } from 'graphile-worker'
import type { Log } from '../log.ts'

/** A logger that tells nothing. */
export const quietLogger = new Logger(() => () => {})

/** This will let the queue's library write into the program's log; its chatter is debug. */
export function jobLogger(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const fields = { task: scope.taskIdentifier, job: scope.jobId, error: meta?.error }
    if (level === 'error') log.error(fields, message)
    else if (level === 'warning') log.warn(fields, message)
    else log.debug(fields, message)
  })
}
