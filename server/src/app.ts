import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { EnterpriseServices } from './doors/enterprise/endpoint.ts'
import { enterpriseDoor } from './doors/enterprise/index.ts'
import { type PayServices, servePay } from './doors/pay/index.ts'
import type { Database } from './platform/db/index.ts'
import { serveDocs } from './platform/http/docs.ts'
import { sendUnreadableAddress } from './platform/http/framework-error.ts'
import { serveHealth } from './platform/http/health.ts'
import { serveMetrics } from './platform/http/metrics.ts'
import { openDoor } from './platform/http/open-door.ts'
import { addSecurityHeaders } from './platform/http/security-headers.ts'
import { serveWebApps, type WebApp } from './platform/http/web-app.ts'
import type { Log } from './platform/log.ts'
import type { Clock } from './platform/time.ts'

export interface AppOptions {
  database: Database
  /** Business time: the demo's own clock, or the machine's. */
  clock: Clock
  services: EnterpriseServices
  log: Log
  /** Payment pages and what gateways tell; neither is served without. */
  gateways?: PayServices['gateways']
  webApps?: readonly WebApp[]
  /** Whether people reach the server by https, ours or a proxy's. */
  https?: boolean
}

const BODY_LIMIT_BYTES = 1_048_576

/** This will build the whole server, not yet listening: the same in tests and in production. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { database, clock, services, log } = options
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // Requests are measured, not logged: their addresses name customers.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 60_000,
    genReqId: (request) => correlationId(request.headers['x-correlation-id']),
    frameworkErrors: sendUnreadableAddress,
    // One operation of the catalogue is documented with a doubled slash.
    routerOptions: { maxParamLength: 100, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
  })
  addSecurityHeaders(app, { https: options.https ?? false })
  serveHealth(app, database)
  serveMetrics(app, database.pool)
  await openDoor(app, enterpriseDoor, { database, clock, services })
  if (options.gateways) await servePay(app, { database, clock, gateways: options.gateways })
  await serveDocs(app, [enterpriseDoor])
  await serveWebApps(app, options.webApps ?? [])
  return app
}

function correlationId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}
