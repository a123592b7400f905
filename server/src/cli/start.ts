import { createServer } from 'node:net'
import type { Command } from 'commander'
import type { Config, Environment } from '../platform/config.ts'
import { migrate, openEmbedded } from '../platform/db/index.ts'
import { isAlive } from '../platform/db/server-process.ts'
import { Refusal } from '../platform/errors.ts'
import { installJobs } from '../platform/jobs/index.ts'
import { loadKey } from '../platform/secret-key.ts'
import { configOf, installationOf, type OpenedDatabase, openDatabase } from './installation.ts'
import { type Supervised, supervise } from './supervisor.ts'

const tell = (line: string) => process.stderr.write(`${line}\n`)

/** This will add `start` to the program: database, API server and worker, until it is told to end. */
export function startCommand(program: Command): void {
  program
    .command('start')
    .description('Serve everything: database, API, web applications and one worker')
    .option('--port <n>', 'port to listen on (BILLWRIGHT_PORT; 4000)')
    .option('--host <address>', 'address to listen on (BILLWRIGHT_HOST; all, and the loopback in demo mode)')
    .option('--demo', 'load and serve the demo utility (BILLWRIGHT_DEMO)')
    .option('--no-demo', 'serve without demo')
    .option('--clock <instant>', 'start the clock there (BILLWRIGHT_CLOCK)')
    .option('--public-url <url>', 'what links are made from (BILLWRIGHT_PUBLIC_URL)')
    .option('--tls-cert <file>', 'certificate, for TLS without a proxy (BILLWRIGHT_TLS_CERT)')
    .option('--tls-key <file>', "the certificate's key (BILLWRIGHT_TLS_KEY)")
    .option('--log <level>', 'debug, info, warn, error or silent (BILLWRIGHT_LOG)')
    .action(async (_options: object, command: Command) => {
      const { environment = {} } = command.optsWithGlobals<{ environment?: Environment }>()
      await serve(configOf(command), environment)
    })
}

async function serve(config: Config, environment: Environment): Promise<void> {
  const started = performance.now()
  const endAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    // The bootstrap that runs this command is gone.
    process.on('disconnect', () => resolve())
  })
  await requireFreePort(config)
  tell(
    config.databaseUrl
      ? 'Opening the database ...'
      : `Opening the embedded database in ${config.dataDir} ...`,
  )
  const database = await openDatabase(config)
  const parts: Supervised[] = []
  let watch: NodeJS.Timeout | undefined
  try {
    const prepared = await prepare(config, database, endAsked)
    if (!prepared) {
      tell('Ending; the loading goes on at the next start.')
      return
    }
    const settings = { config: { ...config, databaseUrl: database.connectionString }, environment, tell }
    parts.push(supervise('api', settings), supervise('worker', settings))
    await Promise.race([Promise.all(parts.map(({ ready }) => ready)), endAsked])
    watch = setInterval(() => reviveDatabase(config, database), 500)
    tell(greeting(config, (performance.now() - started) / 1000))
    await endAsked
    tell('Ending ...')
  } finally {
    clearInterval(watch)
    await Promise.all([...parts.map((part) => part.stop()), reviving])
    await database.close()
  }
}

/** Everything that must be there before the first request; false when the end was asked for before. */
async function prepare(
  config: Config,
  { connectionString }: OpenedDatabase,
  endAsked: Promise<void>,
): Promise<boolean> {
  loadKey(config)
  await migrate({ connectionString, onApply: ({ name }) => tell(`Migrated the database: ${name}`) })
  await installJobs(connectionString)
  if (!config.demo) return true
  const { loadMissingDemo } = await import('./demo.ts')
  const installation = await installationOf(config, { connectionString, close: async () => {} })
  try {
    const loaded = loadMissingDemo(installation).then(() => true)
    // What it does when its connections are gone is no news.
    loaded.catch(() => {})
    return await Promise.race([loaded, endAsked.then(() => false)])
  } finally {
    await installation.close()
  }
}

/** An embedded server that was killed is launched again; the parts reconnect by themselves. */
let reviving: Promise<void> | undefined
function reviveDatabase(config: Config, database: OpenedDatabase): void {
  if (reviving || database.pid === undefined || isAlive(database.pid)) return
  tell('The embedded database ended; it starts again.')
  reviving = openEmbedded({ dataDir: config.dataDir })
    .then((revived) => {
      Object.assign(database, revived)
    })
    .catch((error: Error) => {
      tell(error.message)
    })
    .finally(() => {
      reviving = undefined
    })
}

/** Refuses before anything is opened, in one sentence. */
async function requireFreePort({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => reject(portRefusal(error, port, host)))
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}

function portRefusal(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const remedies: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use by another program; end that, or choose another port with --port.`,
    EACCES: `Port ${port} is reserved for the system's administrator; choose one from 1024 up with --port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}; correct --host.`,
  }
  return new Refusal(
    'unavailable',
    'port_unusable',
    remedies[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}.`,
  )
}

function greeting(config: Config, seconds: number): string {
  const url = config.publicUrl
  const lines = [
    '',
    `Billwright is ready after ${seconds.toFixed(1)} s.`,
    `  Staff      ${url}/`,
    `  Customers  ${url}/my`,
    `  API        ${url}/docs`,
  ]
  if (config.demo) lines.push('  Sign in    client demo, user ops, password right-bill-demo')
  return [...lines, '  End        Ctrl-C', ''].join('\n')
}
