import { type Logger, pino } from 'pino'

export type Log = Logger
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Names of values that never reach a log, wherever in a logged object they stand. */
const SECRET_NAMES = [
  'password',
  'newPassword',
  'authorization',
  'cookie',
  'accessToken',
  'refreshToken',
  'token',
  'secret',
  'clientSecret',
  'connectionString',
  'databaseUrl',
  'key',
  'taxId',
  'socialSecurityNumber',
  'bankAccount',
  'routingNumber',
  'email',
  'phone',
]

/** Each name at the top and up to three levels deep. */
const REDACTED = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])

/** This will open the log of a process: one JSON object a line on standard error, secrets censored. */
export function openLog(
  part: string,
  level: LogLevel = 'info',
  destination: { write(line: string): void } = process.stderr,
): Log {
  return pino(
    {
      level,
      base: { part, pid: process.pid },
      redact: {
        paths: [...REDACTED, 'headers["set-cookie"]', '*.headers["set-cookie"]'],
        censor: '[redacted]',
      },
      serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  )
}
