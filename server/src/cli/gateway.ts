import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { findClient, getClient, saveSettings } from '../domain/identity/index.ts'
import { gatewayAccounts, saveGatewayAccount } from '../domain/payments/index.ts'
import { createGateways } from '../gateways/index.ts'
import { Refusal } from '../platform/errors.ts'
import { createOutgoing } from '../platform/outgoing.ts'
import { deriveKey, FIELDS } from '../platform/secret-key.ts'
import { cliActor } from './actor.ts'
import { withInstallation } from './installation.ts'

interface Options {
  client?: string
  json?: boolean
  setting: Record<string, string>
  secrets?: string
  off?: boolean
  choose?: boolean
}

/** This will add `gateway set|list` to the program. */
export function gatewayCommands(program: Command): void {
  const group = program.command('gateway').description('Accounts with payment gateways')
  group
    .command('set <gateway>')
    .description('Enter the account with a gateway: sandbox, stripe, worldpay, chase')
    .option('--client <code>', 'client, when there are several')
    .option('--setting <name=value>', 'a setting that is no secret; repeat it for each', readSetting, {})
    .option('--secrets <file>', 'JSON file of the secrets, - for standard input; they are kept encrypted')
    .option('--choose', 'let new methods and payment pages go to this gateway')
    .option('--off', 'keep the account, but use it no more')
    .action((gateway: string, _options: Options, command: Command) => setGateway(gateway, command))
  group
    .command('list')
    .description('List the accounts with gateways, without their secrets')
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write the result as JSON')
    .action((_options: Options, command: Command) => listGateways(command))
}

function readSetting(text: string, before: Record<string, string>): Record<string, string> {
  const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? []
  if (!name || !value) throw new InvalidArgumentError('Write it as name=value.')
  return { ...before, [name]: value }
}

function readSecrets(file: string | undefined): Record<string, string> {
  if (file === undefined) return {}
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')))
  } catch {
    throw new Refusal(
      'malformed',
      'secrets_unreadable',
      `${file} is no JSON file of names and texts; check it.`,
    )
  }
}

function setGateway(gateway: string, command: Command): Promise<void> {
  return withInstallation(command, async ({ database, clock, config }) => {
    const options = command.opts<Options>()
    const { clientId } = await findClient(database.read, options.client)
    const fieldKey = deriveKey(config, FIELDS)
    const done = { now: clock(), actor: cliActor() }
    const { setting: settings, off, choose } = options
    const secrets = readSecrets(options.secrets)
    const status = off ? 'off' : 'active'
    const outgoing = createOutgoing(config)
    const gateways = createGateways({ database, clock, fieldKey, outgoing, publicUrl: config.publicUrl })
    await database.transaction(async (tx) => {
      await saveGatewayAccount(tx, { clientId, gateway, settings, secrets, status, fieldKey, ...done })
      // Opening it refuses what is unknown, disabled or lacks a setting, and with it the whole change.
      if (!off) await gateways.of(tx, clientId, gateway)
      if (!choose) return
      const { settings: all } = await getClient(tx, clientId)
      const value = { ...(all.payments as object | undefined), gateway }
      await saveSettings(tx, { clientId, section: 'payments', value, ...done })
    })
    console.log(`The account with ${gateway} is ${status}${choose ? ' and chosen' : ''}.`)
  })
}

function listGateways(command: Command): Promise<void> {
  return withInstallation(command, async ({ database }) => {
    const options = command.opts<Options>()
    const { clientId } = await findClient(database.read, options.client)
    const accounts = await gatewayAccounts(database.read, clientId)
    if (options.json) console.log(JSON.stringify(accounts))
    else if (accounts.length === 0)
      console.log('There is no account with a gateway; billwright gateway set adds one.')
    else
      for (const { gateway, status, settings } of accounts)
        console.log(`${gateway}  ${status}  ${JSON.stringify(settings)}`)
  })
}
