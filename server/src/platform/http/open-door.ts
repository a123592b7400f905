import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Caller, Door } from './door.ts'
import { type Endpoint, methodOf, pathOf } from './endpoint.ts'
import { refusalOf } from './framework-error.ts'
import { type Runtime, serve } from './serve.ts'

/** This will open a door on the server: its routes, its credentials, its errors, and nothing of any other door. */
export async function openDoor<C extends Caller, S extends object>(
  app: FastifyInstance,
  door: Door<C, S>,
  runtime: Runtime<S>,
): Promise<void> {
  await app.register(
    async (scope) => {
      await scope.register(rateLimit, { global: false })
      readJsonOnly(scope)
      scope.setErrorHandler((error, request, reply) => sendRefusal(door, error, request, reply))
      scope.setNotFoundHandler((request) => {
        throw unknownAddress(door, request)
      })
      for (const endpoint of door.endpoints) addRoute(scope, door, endpoint, runtime)
    },
    { prefix: door.base },
  )
}

function addRoute<C extends Caller, S extends object>(
  scope: FastifyInstance,
  door: Door<C, S>,
  endpoint: Endpoint,
  runtime: Runtime<S>,
): void {
  const { limit } = endpoint
  scope.route({
    method: methodOf(endpoint),
    url: pathOf(endpoint).replace(/\{(\w+)\}/g, ':$1'),
    config: {
      operation: `${door.name}.${endpoint.name}`,
      ...(limit ? { rateLimit: { max: limit.max, timeWindow: limit.windowSeconds * 1000 } } : {}),
    },
    handler: async (request, reply) => {
      const served = await serve(door, endpoint, request, runtime)
      reply.status(served.status).header('cache-control', 'no-store')
      if (served.replayed) reply.header('idempotency-replayed', 'true')
      if (!served.file) return reply.send(served.body)
      return reply
        .type(served.file.contentType)
        .header('content-disposition', `inline; filename="${served.file.fileName.replace(/[^\w.-]/g, '_')}"`)
        .send(Buffer.from(await served.file.content()))
    },
  })
}

/** Bodies are JSON; an empty one is none. Names that reach for a prototype are refused by the parser. */
function readJsonOnly(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) =>
    body.trim() === '' ? done(null, undefined) : parse(request, body, done),
  )
}

function sendRefusal<C extends Caller, S extends object>(
  door: Door<C, S>,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = refusalOf(error)
  const status = refusal ? statusOf(door, refusal) : 500
  if (!refusal) request.log.error({ err: error, correlationId: request.id }, 'defect')
  if (refusal?.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .type(door.problemType)
    .send(door.refuse(refusal, status, request.id))
}

function statusOf(door: Pick<Door, 'statuses'>, refusal: Refusal): number {
  return refusal.code === 'method_unsupported' ? 405 : door.statuses[refusal.kind]
}

function unknownAddress(door: Pick<Door, 'base' | 'endpoints'>, request: FastifyRequest): Refusal {
  const path = request.url.split('?', 1)[0] ?? ''
  const methods = door.endpoints.filter((endpoint) => patternOf(door.base, endpoint).test(path)).map(methodOf)
  if (methods.length === 0)
    return new Refusal(
      'not_found',
      'address_unknown',
      'There is nothing at this address; see /docs for what there is.',
    )
  return new Refusal(
    'unsupported',
    'method_unsupported',
    `This address takes ${[...new Set(methods)].join(', ')}, not ${request.method}.`,
  )
}

function patternOf(base: string, endpoint: Endpoint): RegExp {
  const path = (base + pathOf(endpoint)).replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`)
}
