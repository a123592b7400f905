import type { Gateways } from '../domain/payments/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Tasks } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log.ts'
import type { Mailer } from '../platform/mail.ts'
import type { Outgoing } from '../platform/outgoing.ts'
import type { Clock } from '../platform/time.ts'
import { billRunTask, wakeBillRunsTask } from './bill-run.ts'
import { dailyTask } from './daily.ts'
import { deliverMailTask } from './deliver-mail.ts'
import { deliverWebhooksTask } from './deliver-webhooks.ts'
import { drawPaymentTask, recoverPaymentsTask } from './draw-payments.ts'
import { forgetTask } from './forget.ts'
import { eventsTask } from './outbox.ts'
import { sealAuditTask } from './seal-audit.ts'
import { serviceRequestTask } from './service-requests.ts'

export { wakeBillRun } from './bill-run.ts'
export { runDays } from './daily.ts'
export { deliverMail } from './deliver-mail.ts'
export { deliverWebhooks, send as sendWebhook } from './deliver-webhooks.ts'
export { wakeDraw } from './draw-payments.ts'
export { handleEvents } from './outbox.ts'

/** What the worker lends to its jobs. */
export interface JobContext {
  /** Under the servers' role. */
  database: Database
  clock: Clock
  log: Log
  /** Sends e-mail; without one e-mail waits. */
  mailer?: Mailer
  /** Calls the hosts that others named. */
  outgoing?: Outgoing
  /** Encrypts single fields of rows. */
  fieldKey?: Buffer
  /** Where people reach the server; mailed links are made of it. */
  publicUrl?: string
  /** Draws payments; without them what is to be drawn waits. */
  gateways?: Gateways
}

/** This will say what each job does; a job parses its payload and calls one operation. */
export function createTasks(context: JobContext): Tasks {
  return {
    'bill-run': billRunTask(context),
    'wake-bill-runs': wakeBillRunsTask(context),
    'seal-audit': sealAuditTask(context),
    forget: forgetTask(context),
    events: eventsTask(context),
    daily: dailyTask(context),
    'deliver-mail': deliverMailTask(context),
    'deliver-webhooks': deliverWebhooksTask(context),
    'service-request': serviceRequestTask(context),
    'draw-payment': drawPaymentTask(context),
    'recover-payments': recoverPaymentsTask(context),
  }
}

/** Recurring jobs in crontab form, UTC, one a line. */
export const crontab = [
  '* * * * * wake-bill-runs',
  '* * * * * events',
  '* * * * * deliver-mail',
  '* * * * * deliver-webhooks',
  '*/10 * * * * daily',
  '*/5 * * * * recover-payments',
  '*/5 * * * * seal-audit',
  '15 3 * * * forget',
].join('\n')
