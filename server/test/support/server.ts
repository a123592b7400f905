import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import type { Database } from '../../src/platform/db/index.ts'
import { openLog } from '../../src/platform/log.ts'
import { manualClock } from '../../src/platform/time.ts'

export interface TestServer {
  app: FastifyInstance
  clock: ReturnType<typeof manualClock>
  wallClock: ReturnType<typeof manualClock>
  /** Bill runs that were woken, in order. */
  woken: { clientId: number; runId: number }[]
  /** Payments that a worker was asked to draw, in order. */
  drawn: { customerId: number; requestNumber: number }[]
}

/** A rendered bill costs a second; tests of the door only need to know that it was asked for. */
const renderedBill = new TextEncoder().encode('%PDF-1.7 test')

/** This will build the app over a test database with clocks a test moves by hand. */
export async function testServer(db: Database, now: string): Promise<TestServer> {
  const clock = manualClock(now)
  const wallClock = manualClock(now)
  const woken: TestServer['woken'] = []
  const drawn: TestServer['drawn'] = []
  const app = await buildApp({
    database: db,
    clock,
    log: openLog('test', 'error'),
    services: {
      renderer: { render: async () => renderedBill },
      tokenKey: Buffer.from('the key of the tests'),
      wallClock,
      wakeBillRun: async (_, run) => {
        woken.push(run)
      },
      wakeDraw: async (_, request) => {
        drawn.push(request)
      },
      fieldKey: Buffer.alloc(32, 7),
    },
  })
  afterAll(() => app.close())
  return { app, clock, wallClock, woken, drawn }
}
