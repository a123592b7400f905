import type { z } from 'zod'
import type { AgreementKey } from '../../domain/agreements/index.ts'
import { addLog } from '../../domain/customers/index.ts'
import { getTimeline, type TimelineRecord } from '../../domain/overview/index.ts'
import * as wire from './account-activity.wire.ts'
import { openAccount } from './act.ts'
import { endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toAccountKey, toDescription, toInstant, toMoney, toText } from './to-wire.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'
const shared = { tag: 'Account Package', scope: 'client', params: AccountPath } as const

export const accountActivityEndpoints = [
  endpoint({
    ...shared,
    route: `GET ${PATH}/activity`,
    name: 'getAccountActivity',
    source: 'ep-033',
    summary: 'What happened at an account package, latest first',
    permission: 'account.read',
    query: wire.ActivityQuery,
    reply: answer(wire.Activity),
    async handle({ params, query: { typeCode, before, pageSize: limit = 25 } }, { tx, caller, now }) {
      const key = fromAccountPath(caller, params)
      const filter = given({ before, kinds: typeCode === undefined ? undefined : [typeCode] })
      const events = await getTimeline(tx, { ...key, ...filter, limit, now })
      return { responseData: events.map((event, index) => toActivity(key, event, index)) }
    },
  }),
  endpoint({
    ...shared,
    route: `POST ${PATH}/logs`,
    name: 'saveAccountLog',
    source: 'own',
    summary: 'Write a note about an account package into the contact log',
    permission: 'account.log',
    body: wire.AccountLogBody,
    reply: answer(wire.AccountLog),
    async handle({ params, body: { logText: text, typeCode: kind = 'note' } }, context) {
      const { agreement, done } = await openAccount(params, context, text)
      const { customerId, agreementId } = agreement
      const { now: at, actor } = done
      const logId = String(await addLog(context.tx, { customerId, agreementId, at, actor, kind, text }))
      const written = { logId, typeCode: kind, logText: text, userId: actor.actor }
      return { responseData: [{ ...toAccountKey(agreement), ...written, createdTimeStamp: toInstant(at) }] }
    },
  }),
]

function toActivity(key: AgreementKey, event: TimelineRecord, index: number): z.input<typeof wire.Activity> {
  return {
    record: String(index + 1),
    cursor: event.cursor,
    ...toAccountKey(key),
    typeCode: event.kind,
    activityCode: event.code,
    activityDescription: event.text.en,
    detailDescription: event.detail.en,
    activityDate: event.date,
    createdTimeStamp: toInstant(event.at),
    amount: toMoney(event.amountCents),
    userId: event.actor,
    statusCode: event.status,
    statusDescription: toDescription(event.status),
    id: toText(event.id),
  }
}
