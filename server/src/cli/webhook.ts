import { type Command, InvalidArgumentError } from 'commander'
import { findClient } from '../domain/identity/index.ts'
import {
  addEndpoint,
  changeEndpoint,
  deliveriesOf,
  type EndpointKey,
  getEndpoint,
  listEndpoints,
  replayEvents,
  rotateSecret,
  testMessage,
} from '../domain/notices/index.ts'
import { sendWebhook } from '../jobs/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { deriveKey, FIELDS } from '../platform/secret-key.ts'
import { cliActor } from './actor.ts'
import { CommandFailed } from './failure.ts'
import { type Installation, withInstallation } from './installation.ts'

interface Options {
  client?: string
  json?: boolean
  events: string[]
  description?: string
  from: number
  to?: number
}

/** What each of the commands below gets. */
interface Work extends Installation {
  clientId: number
  options: Options
  say(text: string, json: unknown): void
}

/** This will add `webhook add|list|log|test|replay|rotate|enable|disable` to the program. */
export function webhookCommands(program: Command): void {
  const group = program.command('webhook').description('Programs that hear of events by signed HTTP calls')
  const add = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option('--client <code>', 'client, when there are several')
      .option('--json', 'write the result as JSON')
  add('add <url>', 'Add an endpoint; its secret is shown this once')
    .requiredOption('--events <types>', 'types, comma separated: bill.completed,payment.* or *', (text) =>
      text.split(','),
    )
    .option('--description <text>', 'what it is for')
    .action((url: string, _options: Options, command: Command) => run(command, (work) => addOne(work, url)))
  add('list', 'List the endpoints').action((_options: Options, command: Command) => run(command, list))
  const one = (name: string, description: string, act: (work: Work, key: EndpointKey) => Promise<void>) =>
    add(`${name} <id>`, description).action((id: string, _options: Options, command: Command) =>
      run(command, (work) => act(work, { clientId: work.clientId, endpointId: readNumber(id) })),
    )
  one('log', 'Show the latest deliveries of an endpoint', log)
  one('test', 'Send a test message now and tell the answer', test)
  one('replay', 'Send events once more, or for the first time', replay)
    .requiredOption('--from <event>', 'first event number', readNumber)
    .option('--to <event>', 'last event number (the first one)', readNumber)
  one('rotate', 'Make a new secret; the old one signs along for a day', rotate)
  one('enable', 'Let an endpoint hear of events again', (work, key) => change(work, key, 'active'))
  one('disable', 'Let an endpoint hear of nothing', (work, key) => change(work, key, 'disabled'))
}

function run(command: Command, act: (work: Work) => Promise<void>): Promise<void> {
  return withInstallation(command, async (installation) => {
    const options = command.opts<Options>()
    const { clientId } = await findClient(installation.database.read, options.client)
    const say = (text: string, json: unknown) => console.log(options.json ? JSON.stringify(json) : text)
    await act({ ...installation, clientId, options, say })
  })
}

function readNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number, as the list shows it.')
  return Number(text)
}

const done = ({ clock }: Work) => ({ now: clock(), actor: cliActor() })
const wake = (tx: Tx) => addJob(tx, 'deliver-webhooks', {}, { key: 'deliver-webhooks' })

async function addOne(work: Work, url: string): Promise<void> {
  const { database, config, clientId, options } = work
  const { events: eventTypes, description = '' } = options
  const key = deriveKey(config, FIELDS)
  const { allowHosts } = config
  const added = await database.transaction((tx) =>
    addEndpoint(tx, { clientId, url, description, eventTypes, allowHosts, key, ...done(work) }),
  )
  work.say(`Webhook ${added.endpointId} was added. Its secret, shown this once: ${added.secret}`, added)
}

async function list({ database, clientId, say }: Work): Promise<void> {
  const endpoints = await listEndpoints(database.read, clientId)
  const lines = endpoints.map(
    ({ endpointId, status, statusReason, waiting, failed, eventTypes, url }) =>
      `${endpointId}  ${status.padEnd(8)}  ${waiting} waiting, ${failed} failed  ${eventTypes.join(',')}  ${url}${statusReason ? `  (${statusReason})` : ''}`,
  )
  say(lines.join('\n') || 'There are no webhooks.', endpoints)
}

async function log({ database, say }: Work, key: EndpointKey): Promise<void> {
  await getEndpoint(database.read, key)
  const deliveries = await deliveriesOf(database.read, key)
  const lines = deliveries.map(
    ({ eventId, type, status, attempts, lastStatus, lastError }) =>
      `${String(eventId).padStart(8)}  ${status.padEnd(9)}  ${type}  ${attempts} attempts  ${lastError ?? lastStatus ?? ''}`,
  )
  say(lines.join('\n') || 'Nothing was delivered yet.', deliveries)
}

async function test({ database, config, clock, say }: Work, key: EndpointKey): Promise<void> {
  const endpoint = await getEndpoint(database.read, key)
  const fieldKey = deriveKey(config, FIELDS)
  const message = await testMessage(database.read, { ...endpoint, key: fieldKey, now: clock() })
  const outcome = await sendWebhook(createOutgoing(config), { ...message, url: endpoint.url })
  say(outcome.error ?? `The receiver answered ${outcome.status}.`, outcome)
  if (outcome.error !== undefined) throw new CommandFailed()
}

async function replay(work: Work, key: EndpointKey): Promise<void> {
  const { from, to = from } = work.options
  const queued = await work.database.transaction(async (tx) => {
    const events = await replayEvents(tx, { ...key, fromEventId: from, toEventId: to, ...done(work) })
    await wake(tx)
    return events
  })
  work.say(`${queued} events wait to be delivered to webhook ${key.endpointId}.`, { queued })
}

async function rotate(work: Work, key: EndpointKey): Promise<void> {
  const fieldKey = deriveKey(work.config, FIELDS)
  const secret = await work.database.transaction((tx) =>
    rotateSecret(tx, { ...key, key: fieldKey, ...done(work) }),
  )
  work.say(`The new secret, shown this once: ${secret}`, { secret })
}

async function change(work: Work, key: EndpointKey, status: 'active' | 'disabled'): Promise<void> {
  const { allowHosts } = work.config
  await work.database.transaction((tx) => changeEndpoint(tx, { ...key, status, allowHosts, ...done(work) }))
  work.say(`Webhook ${key.endpointId} is ${status}.`, { ...key, status })
}
