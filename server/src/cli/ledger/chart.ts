import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  addGeneralLedger,
  addLedgerAccount,
  changeLedgerAccount,
  chartOfAccounts,
  deactivateLedgerAccount,
  generalLedgers,
  type LedgerAccountKind,
  setAccountString,
} from '../../domain/ledger/index.ts'
import type { Tx } from '../../platform/db/index.ts'
import type { LocalDate } from '../../platform/time.ts'
import { cliActor } from '../actor.ts'
import { readDay } from '../day.ts'
import { type Books, type LedgerOptions, onBooks, tell } from './books.ts'
import { chartText, generalLedgersText } from './text.ts'

interface GeneralLedgerNumber {
  agencyId: number
  generalLedgerId: number
}

/** This will add the commands that read and change the chart of accounts. */
export function chartCommands(ledger: Command): void {
  onBooks<LedgerOptions, []>(
    ledger.command('accounts').description('The chart of accounts'),
    async ({ database, client }, options) =>
      tell(options, await chartOfAccounts(database.read, client.clientId), chartText),
  )
  onBooks<LedgerOptions, []>(
    ledger.command('general-ledgers').description('The accounts of the other system, with their strings'),
    async ({ database, client }, options) =>
      tell(options, await generalLedgers(database.read, client.clientId), generalLedgersText),
  )
  accountCommands(ledger)
  generalLedgerCommands(ledger)
}

interface AccountOptions extends LedgerOptions {
  name: string
  kind: Exclude<LedgerAccountKind, 'clearing'>
  generalLedger?: GeneralLedgerNumber
}

function accountCommands(ledger: Command): void {
  onBooks<AccountOptions, [code: string]>(
    ledger
      .command('add-account')
      .description('Add a ledger account')
      .argument('<code>', 'small letters, digits and underscores')
      .requiredOption('--name <name>', 'what people call it')
      .addOption(
        new Option('--kind <kind>', 'what it is')
          .choices(['asset', 'liability', 'revenue', 'expense'])
          .makeOptionMandatory(),
      )
      .option('--general-ledger <number>', 'such as 1-6 (that of its kind)', readGeneralLedger),
    async (books, options, code) => {
      const { name, kind, generalLedger } = options
      const accountNumber = await change(books, (tx, act) =>
        addLedgerAccount(tx, { ...act, code, name, kind, ...generalLedger }),
      )
      tell(options, { code, accountNumber }, () => `Account ${code} has the number ${accountNumber}.\n`)
    },
  )
  onBooks<Partial<AccountOptions>, [code: string]>(
    ledger
      .command('change-account')
      .description('Rename a ledger account, or move it to another general ledger for the exports to come')
      .argument('<code>', 'ledger account, such as cash')
      .option('--name <name>', 'what people call it')
      .option('--general-ledger <number>', 'such as 1-6', readGeneralLedger),
    async (books, options, code) => {
      const { name, generalLedger } = options
      const wish = { code, ...(name !== undefined && { name }), ...(generalLedger && { generalLedger }) }
      await change(books, (tx, act) => changeLedgerAccount(tx, { ...act, ...wish }))
      tell(options, { code }, () => `Account ${code} is changed.\n`)
    },
  )
  onBooks<LedgerOptions, [code: string]>(
    ledger
      .command('deactivate')
      .description('Keep a ledger account whose balance is zero from being posted to')
      .argument('<code>', 'ledger account'),
    async (books, options, code) => {
      await change(books, (tx, act) => deactivateLedgerAccount(tx, { ...act, code }))
      tell(options, { code, active: false }, () => `Account ${code} is not active any more.\n`)
    },
  )
}

function generalLedgerCommands(ledger: Command): void {
  onBooks<LedgerOptions & { name: string; accountString: string; agency: number }, []>(
    ledger
      .command('add-general-ledger')
      .description('Add an account of the other system')
      .requiredOption('--name <name>', 'what people call it')
      .requiredOption('--account-string <text>', 'how that system writes it')
      .option('--agency <n>', 'governing agency', readAgency, 1),
    async (books, options) => {
      const { name, accountString, agency: agencyId } = options
      const generalLedgerId = await change(books, (tx, act) =>
        addGeneralLedger(tx, { ...act, agencyId, name, accountString }),
      )
      tell(
        options,
        { agencyId, generalLedgerId },
        () => `General ledger ${agencyId}-${generalLedgerId} is added.\n`,
      )
    },
  )
  onBooks<LedgerOptions & { from: LocalDate; accountString: string }, [number: GeneralLedgerNumber]>(
    ledger
      .command('account-string')
      .description('Say how the other system writes a general ledger from an accounting day on')
      .argument('<general-ledger>', 'such as 1-6', readGeneralLedger)
      .requiredOption('--from <date>', 'first accounting day', readDay)
      .requiredOption('--account-string <text>', 'how that system writes it'),
    async (books, options, number) => {
      const { from, accountString } = options
      const wish = { ...number, from, accountString }
      await change(books, (tx, act) => setAccountString(tx, { ...act, ...wish }))
      tell(options, wish, () => `From ${from} on it is ${accountString}.\n`)
    },
  )
}

function change<Result>(
  { database, clock, client }: Books,
  act: (
    tx: Tx,
    act: { clientId: number; now: ReturnType<Books['clock']>; actor: ReturnType<typeof cliActor> },
  ) => Promise<Result>,
): Promise<Result> {
  const who = { clientId: client.clientId, now: clock(), actor: cliActor() }
  return database.transaction((tx) => act(tx, who))
}

function readGeneralLedger(text: string): GeneralLedgerNumber {
  const [, agencyId, generalLedgerId] = /^(\d{1,4})-(\d{1,7})$/.exec(text) ?? []
  if (agencyId !== undefined && generalLedgerId !== undefined)
    return { agencyId: Number(agencyId), generalLedgerId: Number(generalLedgerId) }
  throw new InvalidArgumentError('governing agency and general ledger, such as 1-6')
}

function readAgency(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('the number of a governing agency')
}
