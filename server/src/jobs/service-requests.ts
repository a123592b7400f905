import { z } from 'zod'
import { getClient } from '../domain/identity/index.ts'
import {
  keepServiceDates,
  requestOfCause,
  wakeServiceRequest,
  workServiceRequest,
  workServiceRequests,
} from '../domain/sales/index.ts'
import { addJob, type Task } from '../platform/jobs/index.ts'
import type { OutboxEvent } from '../platform/outbox.ts'
import { localDateAt } from '../platform/time.ts'
import type { DailyStep } from './daily-steps.ts'
import type { JobContext } from './index.ts'
import type { Subscriber } from './subscribers.ts'

const RequestPayload = z.object({ clientId: z.number().int(), requestId: z.number().int() })

/** Service starts and stops on its day; what waits is tried again. */
export const serviceRequestsStep: DailyStep = {
  name: 'service_requests',
  run: async ({ database, clock, actor }, { clientId, day }) => {
    await workServiceRequests({ database, clock, actor }, { clientId, day })
  },
}

/** Service that was started or stopped without a request begins and ends on its day too. */
export const serviceDatesStep: DailyStep = {
  name: 'service_dates',
  run: async ({ database, clock, actor }, input) => {
    await keepServiceDates({ database, clock, actor }, input)
  },
}

/** A request that is new, moved, or may have waited for the field goes on at once. */
export const serviceRequestSubscriber: Subscriber = {
  name: 'service_requests',
  types: ['service_request.submitted', 'service_request.moved', 'field.completed', 'field.cancelled'],
  async handle(tx, events, { clientId }) {
    for (const requestId of new Set(events.flatMap((event) => requestOf(event) ?? []))) {
      const key = `service-request:${clientId}:${requestId}`
      await addJob(tx, 'service-request', { clientId, requestId }, { key })
    }
  },
}

function requestOf({ type, payload }: OutboxEvent): number | undefined {
  if (!type.startsWith('field.')) return Number(payload.requestId)
  return requestOfCause(String(payload.cause))?.requestId
}

/** This will look at a request again, and take its steps that are due. */
export function serviceRequestTask({ database, clock }: JobContext): Task {
  return async (payload) => {
    const key = RequestPayload.parse(payload)
    const actor = { actor: 'job:service-request', door: 'jobs' as const }
    const { timeZone } = await getClient(database.read, key.clientId)
    const day = localDateAt(clock(), timeZone)
    await database.transaction((tx) => wakeServiceRequest(tx, { ...key, day }))
    await workServiceRequest({ database, clock, actor }, key)
  }
}
