import { getAccountMoney, getAccountRecord, getAttention, getTimeline } from '../../domain/overview/index.ts'
import { AccountMoney } from './account-money.wire.ts'
import {
  AccountDetails,
  AccountOverview,
  AccountSummary,
  Attention,
  TimelineEvent,
  TimelineQuery,
} from './accounts.wire.ts'
import { endpoint } from './endpoint.ts'
import { fromAccountPath, given } from './from-wire.ts'
import { toAccountDetails, toAccountOverview, toAccountSummary, toTimelineEvent } from './to-account.ts'
import { toAccountMoney } from './to-money.ts'
import { AccountPath, answer } from './wire.ts'

const PATH = '/customers/{customerId}/sets/{customerAccountId}/accounts/{accountPackageId}'

export const accountEndpoints = [
  endpoint({
    route: `GET ${PATH}`,
    name: 'getAccount',
    source: 'ep-034',
    tag: 'Account Package',
    summary: 'An account package with premise, meters, facts and exemptions',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountDetails),
    async handle({ params }, { tx, caller, now }) {
      const account = await getAccountRecord(tx, fromAccountPath(caller, params), now)
      return { responseData: [toAccountDetails(account)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/summaryInfo`,
    name: 'getAccountSummary',
    source: 'ep-058',
    tag: 'Account Package',
    summary: 'An account package at a glance',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountSummary),
    async handle({ params }, { tx, caller, now }) {
      const account = await getAccountRecord(tx, fromAccountPath(caller, params), now)
      return { responseData: [toAccountSummary(account)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/overview`,
    name: 'getAccountOverview',
    source: 'own',
    tag: 'Account Package',
    summary: 'The header of the account screen',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountOverview),
    async handle({ params }, { tx, caller, now }) {
      const account = await getAccountRecord(tx, fromAccountPath(caller, params), now)
      return { responseData: [toAccountOverview(account)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/money`,
    name: 'getAccountMoney',
    source: 'own',
    tag: 'Account Package',
    summary: 'What is asked for, put off and owed, with contracts, collection, ways to pay and notices',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(AccountMoney),
    async handle({ params }, { tx, caller, now }) {
      const money = await getAccountMoney(tx, fromAccountPath(caller, params), now)
      return { responseData: [toAccountMoney(money)] }
    },
  }),
  endpoint({
    route: `GET ${PATH}/attention`,
    name: 'getAccountAttention',
    source: 'own',
    tag: 'Account Package',
    summary: 'At most five things somebody must know or do',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    reply: answer(Attention),
    async handle({ params }, { tx, caller, now }) {
      return { responseData: await getAttention(tx, fromAccountPath(caller, params), now) }
    },
  }),
  endpoint({
    route: `GET ${PATH}/timeline`,
    name: 'getAccountTimeline',
    source: 'own',
    tag: 'Account Package',
    summary: 'Everything that happened, latest first',
    permission: 'account.read',
    scope: 'client',
    params: AccountPath,
    query: TimelineQuery,
    reply: answer(TimelineEvent),
    async handle({ params, query }, { tx, caller, now }) {
      const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
      const filter = given({ before: query.before, kinds: query.kinds?.split(',') })
      const events = await getTimeline(tx, { ...fromAccountPath(caller, params), ...filter, limit, now })
      return { responseData: events.map(toTimelineEvent) }
    },
  }),
]
