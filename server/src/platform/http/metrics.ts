import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `door.operation` of an endpoint; metrics never carry an address, which names customers. */
    operation?: string
  }
}

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5]

/** This will count and time requests by operation, watch the pool, and serve both at `/metrics`. */
export function serveMetrics(app: FastifyInstance, pool: pg.Pool): void {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutTargetInfo: true,
    withoutScopeInfo: true,
  })
  const provider = new MeterProvider({ readers: [exporter] })
  const meter = provider.getMeter('billwright')
  const seconds = meter.createHistogram('http_server_request_duration', {
    unit: 's',
    description: 'Time from request to answer, by operation and status',
    advice: { explicitBucketBoundaries: SECONDS },
  })
  app.addHook('onResponse', async (request, reply) => {
    const operation = request.routeOptions.config.operation
    if (operation) seconds.record(reply.elapsedTime / 1000, { operation, status: reply.statusCode })
  })
  const connections = meter.createObservableGauge('db_pool_connections', {
    description: 'Connections of the pool that are used or idle, and requests that wait for one',
  })
  connections.addCallback((result) => {
    result.observe(pool.totalCount - pool.idleCount, { state: 'used' })
    result.observe(pool.idleCount, { state: 'idle' })
    result.observe(pool.waitingCount, { state: 'waiting' })
  })
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true)
  app.get('/metrics', async (_, reply) => {
    const { resourceMetrics } = await exporter.collect()
    return reply.type('text/plain; version=0.0.4').send(serializer.serialize(resourceMetrics))
  })
  app.addHook('onClose', () => provider.shutdown())
}
