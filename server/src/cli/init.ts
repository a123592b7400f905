import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import {
  audit,
  createClient,
  createCompany,
  createOperatorRole,
  createStaffUser,
  createStandardRoles,
  listClients,
} from '../domain/identity/index.ts'
import { openFiscalYear } from '../domain/ledger/index.ts'
import { openClient } from '../domain/setup/index.ts'
import { registeredPermissions } from '../doors/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { type Instant, localDateAt } from '../platform/time.ts'
import { cliActor } from './actor.ts'
import { ask } from './ask.ts'
import { withInstallation } from './installation.ts'

interface InitFlags {
  client?: string
  name?: string
  timeZone?: string
  kind: 'utility' | 'supplier'
  admin?: string
  passwordFile?: string
}

interface FirstClient {
  code: string
  name: string
  timeZone: string
  kind: 'utility' | 'supplier'
  admin: string
  password: string
  now: Instant
}

/** This will add `init` to the program: the first client, company and administrator of an installation without demo. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('Set up the first client, company and administrator')
    .option('--client <code>', 'code that people sign in with: lower case letters, digits, dashes')
    .option('--name <name>', 'name of the utility or supplier')
    .option('--time-zone <zone>', 'time zone of its business days, like America/Denver')
    .option('--kind <kind>', 'utility or supplier', 'utility')
    .option('--admin <user>', 'user name of the administrator')
    .option('--password-file <file>', 'file whose first line is the password; - reads standard input')
    .action((flags: InitFlags, command: Command) =>
      withInstallation(command, async ({ database, clock }) => {
        await requireEmpty(database.read)
        const first = { ...(await complete(flags)), now: clock() }
        await database.transaction((tx) => initialize(tx, first))
        console.log(`Client ${first.code} is ready. Sign in as ${first.admin} after billwright start.`)
      }),
    )
}

async function requireEmpty(tx: Tx): Promise<void> {
  const [client] = await listClients(tx)
  if (client)
    throw new Refusal(
      'conflict',
      'already_initialized',
      `This installation has the client ${client.code} already; sign in there, or use another database.`,
    )
}

async function complete(flags: InitFlags): Promise<Omit<FirstClient, 'now'>> {
  if (flags.kind !== 'utility' && flags.kind !== 'supplier')
    throw new Refusal('malformed', 'setting_wrong', `--kind is ${flags.kind}; say utility or supplier.`)
  return {
    kind: flags.kind,
    name: flags.name ?? (await ask('The name of the utility', '--name')),
    code: flags.client ?? (await ask('The client code that people sign in with', '--client')),
    timeZone: flags.timeZone ?? (await ask('The time zone', '--time-zone')),
    admin: flags.admin ?? (await ask('The user name of the administrator', '--admin')),
    password: passwordFrom(flags.passwordFile) ?? (await ask('The password', '--password-file', true)),
  }
}

function passwordFrom(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  return readFileSync(file === '-' ? 0 : file, 'utf8').split(/\r?\n/, 1)[0] ?? ''
}

async function initialize(tx: Tx, first: FirstClient): Promise<void> {
  const { code, name, timeZone, kind, admin, password, now } = first
  const clientId = await createClient(tx, { code, name, timeZone, now })
  await createCompany(tx, { clientId, code, name, kind, timeZone })
  await openClient(tx, clientId)
  const fiscalYear = Number(localDateAt(now, timeZone).slice(0, 4))
  await openFiscalYear(tx, { clientId, fiscalYear, now, actor: cliActor() })
  const permissions = registeredPermissions()
  await createStandardRoles(tx, { clientId, permissions })
  await createOperatorRole(tx, { clientId, permissions })
  const roles = ['administrator', 'operator']
  const user = { clientId, userName: admin, displayName: admin, password, roles, now }
  await createStaffUser(tx, user)
  await audit(tx, {
    clientId,
    at: now,
    actor: cliActor(),
    operation: 'initialize',
    subject: `client:${clientId}`,
  })
}
