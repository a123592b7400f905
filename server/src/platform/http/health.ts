import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../db/index.ts'

/** This will say that the process lives, and whether it can serve: its database answers. */
export function serveHealth(app: FastifyInstance, database: Database): void {
  app.get('/livez', async () => ({ status: 'ok' }))
  app.get('/readyz', async (request, reply) => {
    try {
      await sql`select 1`.execute(database.read)
      return { status: 'ok' }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.status(503).send({ status: 'database_unavailable' })
    }
  })
}
