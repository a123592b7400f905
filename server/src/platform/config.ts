import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from './errors.ts'
import type { LogLevel } from './log.ts'
import { type Instant, Temporal } from './time.ts'

/** What an installation is told from outside, checked. */
export interface Config {
  port: number
  /** The address to listen on; a demo listens on the loopback only. */
  host: string
  /** The owner's address of a PostgreSQL server; absent, the embedded database in `dataDir` is used. */
  databaseUrl?: string
  dataDir: string
  demo: boolean
  /** The instant at which the clock starts; the real time when absent. */
  clock?: Instant
  /** What links are made from; never the Host header. */
  publicUrl: string
  /** The field encryption key, 32 bytes in base64; a private file in `dataDir` when absent. */
  key?: string
  tls?: { certFile: string; keyFile: string }
  /** Hosts that outgoing calls may reach although their addresses are private. */
  allowHosts: string[]
  /** The server that e-mail goes over, and who it is from; without both, e-mail waits. */
  mail?: { smtpUrl: string; from: string }
  logLevel: LogLevel
}

/** The environment names of the settings, and the flags that say the same. */
export const SETTINGS = {
  port: { env: 'BILLWRIGHT_PORT', flag: '--port' },
  host: { env: 'BILLWRIGHT_HOST', flag: '--host' },
  databaseUrl: { env: 'DATABASE_URL', flag: '--database-url' },
  data: { env: 'BILLWRIGHT_DATA', flag: '--data' },
  demo: { env: 'BILLWRIGHT_DEMO', flag: '--demo' },
  clock: { env: 'BILLWRIGHT_CLOCK', flag: '--clock' },
  publicUrl: { env: 'BILLWRIGHT_PUBLIC_URL', flag: '--public-url' },
  key: { env: 'BILLWRIGHT_KEY', flag: undefined },
  tlsCert: { env: 'BILLWRIGHT_TLS_CERT', flag: '--tls-cert' },
  tlsKey: { env: 'BILLWRIGHT_TLS_KEY', flag: '--tls-key' },
  allowHosts: { env: 'BILLWRIGHT_ALLOW_HOSTS', flag: undefined },
  smtpUrl: { env: 'BILLWRIGHT_SMTP_URL', flag: undefined },
  mailFrom: { env: 'BILLWRIGHT_MAIL_FROM', flag: undefined },
  logLevel: { env: 'BILLWRIGHT_LOG', flag: '--log' },
} as const
export type Setting = keyof typeof SETTINGS
export type Flags = Partial<Record<Setting, string | boolean | undefined>>
export type Environment = Record<string, string | undefined>

const YES = new Set(['1', 'true', 'yes', 'on'])
const NO = new Set(['0', 'false', 'no', 'off'])

const schema = z.object({
  port: z.coerce.number('must be a port number, 0 to 65535').int().min(0).max(65535).default(4000),
  host: z.string().optional(),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must read postgresql://user:password@host:5432/name')
    .optional(),
  data: z.string().default(defaultDataDir),
  demo: z
    .string()
    .toLowerCase()
    .refine((text) => YES.has(text) || NO.has(text), 'must be yes or no')
    .transform((text) => YES.has(text))
    .default(false),
  clock: z.string().transform(toInstant).optional(),
  publicUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  key: z
    .string()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  tlsCert: z.string().optional(),
  tlsKey: z.string().optional(),
  allowHosts: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean)),
  smtpUrl: z
    .string()
    .regex(/^smtps?:\/\/[^/]+\/?(\?.*)?$/, 'must read smtp://user:password@host:587')
    .optional(),
  mailFrom: z
    .string()
    .regex(/^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'must read Name <name@example.com>')
    .optional(),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .optional(),
})

function toInstant(text: string, context: z.RefinementCtx): Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'must be an instant such as 2026-10-01T08:00:00Z' })
    return z.NEVER
  }
}

function defaultDataDir(): string {
  if (process.getuid?.() === 0) return '/var/lib/billwright'
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'billwright')
  return join(homedir(), '.local', 'share', 'billwright')
}

/**
 * This will read the configuration: flags first, then the environment, then defaults.
 * Refuses with one fault for each wrong setting, named as the operator wrote it.
 */
export function readConfig(flags: Flags, environment: Environment): Config {
  const raw = Object.fromEntries(
    (Object.keys(SETTINGS) as Setting[]).flatMap((setting) => {
      const value = flags[setting] ?? environment[SETTINGS[setting].env]
      return value === undefined || value === '' ? [] : [[setting, String(value)]]
    }),
  )
  const { data, error } = schema.safeParse(raw)
  if (error) throw wrongSettings(error.issues, flags)
  const {
    tlsCert,
    tlsKey,
    data: dataDir,
    host,
    publicUrl,
    databaseUrl,
    clock,
    key,
    logLevel,
    ...others
  } = data
  const { smtpUrl, mailFrom, ...rest } = others
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw wrongSettings(
      [{ path: ['tlsCert'], message: 'and the key file go together; name both or neither' }],
      flags,
    )
  }
  if ((smtpUrl === undefined) !== (mailFrom === undefined)) {
    throw wrongSettings(
      [{ path: ['smtpUrl'], message: 'and BILLWRIGHT_MAIL_FROM go together; set both or neither' }],
      flags,
    )
  }
  const listen = host ?? (data.demo ? '127.0.0.1' : '0.0.0.0')
  if (data.demo && !isLoopback(listen)) {
    throw wrongSettings([{ path: ['host'], message: 'must be a loopback address in demo mode' }], flags)
  }
  return {
    ...rest,
    dataDir,
    host: listen,
    logLevel: logLevel ?? (data.demo ? 'warn' : 'info'),
    publicUrl: (publicUrl ?? `${tlsCert ? 'https' : 'http'}://127.0.0.1:${data.port}`).replace(/\/$/, ''),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(clock === undefined ? {} : { clock }),
    ...(key === undefined ? {} : { key }),
    ...(tlsCert && tlsKey ? { tls: { certFile: tlsCert, keyFile: tlsKey } } : {}),
    ...(smtpUrl && mailFrom ? { mail: { smtpUrl, from: mailFrom } } : {}),
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\./.test(host)

function wrongSettings(issues: readonly { path: PropertyKey[]; message: string }[], flags: Flags): Refusal {
  const faults = issues.map(({ path, message }) => {
    const setting = path[0] as Setting
    const name = flags[setting] === undefined ? SETTINGS[setting].env : SETTINGS[setting].flag
    return { pointer: String(name), message: `${name} ${message}` }
  })
  const sentence = faults.map(({ message }) => message).join('; ')
  return new Refusal('malformed', 'setting_wrong', `${sentence}.`, faults)
}

/** This will write a configuration as the environment of a child process, from which it reads the same again. */
export function toEnvironment(config: Config): Environment {
  return {
    BILLWRIGHT_PORT: String(config.port),
    BILLWRIGHT_HOST: config.host,
    DATABASE_URL: config.databaseUrl,
    BILLWRIGHT_DATA: config.dataDir,
    BILLWRIGHT_DEMO: config.demo ? 'yes' : 'no',
    BILLWRIGHT_CLOCK: config.clock?.toString(),
    BILLWRIGHT_PUBLIC_URL: config.publicUrl,
    BILLWRIGHT_KEY: config.key,
    BILLWRIGHT_TLS_CERT: config.tls?.certFile,
    BILLWRIGHT_TLS_KEY: config.tls?.keyFile,
    BILLWRIGHT_ALLOW_HOSTS: config.allowHosts.join(' '),
    BILLWRIGHT_SMTP_URL: config.mail?.smtpUrl,
    BILLWRIGHT_MAIL_FROM: config.mail?.from,
    BILLWRIGHT_LOG: config.logLevel,
  }
}
