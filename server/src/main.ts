import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { createRenderer } from './formats/pdf/index.ts'
import { createGateways } from './gateways/index.ts'
import { createTasks, crontab, wakeBillRun, wakeDraw } from './jobs/index.ts'
import { type Config, readConfig } from './platform/config.ts'
import { connect, type Database, SERVER_ROLE } from './platform/db/index.ts'
import { Refusal } from './platform/errors.ts'
import { openClock } from './platform/installation-clock.ts'
import { runWorker } from './platform/jobs/index.ts'
import { openLog } from './platform/log.ts'
import { createMailer } from './platform/mail.ts'
import { createOutgoing } from './platform/outgoing.ts'
import { runPart } from './platform/process-part.ts'
import { deriveKey, FIELDS } from './platform/secret-key.ts'
import { type Clock, systemClock } from './platform/time.ts'

/** `node main.ts api|worker`: one part of the server, configured by its environment, on a migrated database. */
const parts = { api: serveApi, worker: serveJobs }
const part = parts[process.argv[2] as keyof typeof parts]
if (!part) throw new Error('name the part to run: api or worker')
await runPart(() => part(readConfig({}, process.env)))

async function serveApi(config: Config) {
  const log = openLog('api', config.logLevel)
  const database = openPool(config, 'billwright api', 20)
  const { clock, stop } = await openClock(database.read, config.clock)
  const renderer = createRenderer({ workers: 1 })
  const app = await buildApp({
    database,
    clock,
    log,
    gateways: openGateways(config, database, clock),
    services: {
      renderer,
      tokenKey: deriveKey(config, 'session tokens'),
      wallClock: systemClock,
      wakeBillRun,
      wakeDraw,
      fieldKey: deriveKey(config, FIELDS),
    },
    webApps: [
      { path: '/', folder: dist('enterprise') },
      { path: '/my', folder: dist('customer') },
    ],
    https: config.publicUrl.startsWith('https:'),
  })
  const server = await listen(app, config)
  return {
    stop: async () => {
      stop()
      server?.close()
      await app.close()
      await Promise.all([renderer.close(), database.destroy()])
    },
  }
}

/** Returns the server that speaks TLS in front of the app; without own TLS the app listens by itself. */
async function listen(app: Awaited<ReturnType<typeof buildApp>>, { host, port, tls }: Config) {
  if (!tls) {
    await app.listen({ host, port })
    return undefined
  }
  await app.ready()
  const server = createServer(readCertificate(tls), (request, reply) => app.routing(request, reply))
  await once(server.listen(port, host), 'listening')
  return server
}

function readCertificate({ certFile, keyFile }: NonNullable<Config['tls']>) {
  const read = (file: string) => {
    try {
      return readFileSync(file)
    } catch (error) {
      const { code } = error as { code?: string }
      throw new Refusal(
        'unavailable',
        'certificate_unreadable',
        `Cannot read ${file} (${code}); correct --tls-cert and --tls-key.`,
      )
    }
  }
  return { cert: read(certFile), key: read(keyFile) }
}

async function serveJobs(config: Config) {
  const log = openLog('worker', config.logLevel)
  const database = openPool(config, 'billwright worker', 8)
  const { clock, stop } = await openClock(database.read, config.clock)
  const mailer = config.mail && createMailer(config.mail)
  const tasks = createTasks({
    database,
    clock,
    log,
    outgoing: createOutgoing(config),
    fieldKey: deriveKey(config, FIELDS),
    publicUrl: config.publicUrl,
    gateways: openGateways(config, database, clock),
    ...(mailer && { mailer }),
  })
  const worker = await runWorker({ connectionString: addressOf(config), tasks, crontab, log })
  return {
    finished: worker.finished,
    stop: async () => {
      stop()
      await worker.stop()
      mailer?.close()
      await database.destroy()
    },
  }
}

function openGateways(config: Config, database: Database, clock: Clock) {
  const fieldKey = deriveKey(config, FIELDS)
  const { publicUrl } = config
  return createGateways({ database, clock, fieldKey, outgoing: createOutgoing(config), publicUrl })
}

function openPool(config: Config, applicationName: string, poolSize: number) {
  return connect({ connectionString: addressOf(config), role: SERVER_ROLE, poolSize, applicationName })
}

function addressOf({ databaseUrl }: Config): string {
  if (databaseUrl === undefined)
    throw new Error('a part of the server needs DATABASE_URL; billwright start sets it')
  return databaseUrl
}

function dist(app: string): string {
  return fileURLToPath(new URL(`../../web/${app}/dist/`, import.meta.url))
}
