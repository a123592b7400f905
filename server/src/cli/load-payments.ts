import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { findClient } from '../domain/identity/index.ts'
import { FILE_FORMATS, type FileFormat, type FileReport, loadPaymentFile } from '../domain/payments/index.ts'
import type { LockboxMapping } from '../formats/lockbox/index.ts'
import { Refusal } from '../platform/errors.ts'
import { centsToDecimal } from '../platform/money.ts'
import { cliActor } from './actor.ts'
import { type Installation, withInstallation } from './installation.ts'
import { openProgress } from './progress.ts'

interface LoadOptions {
  client?: string
  format?: FileFormat
  sender?: string
  columns?: string
  json?: boolean
}

/** This will add `load payments FILE` to the program. */
export function loadCommands(program: Command): void {
  const group = program.command('load').description('Load files that move money; a file twice is refused')
  group
    .command('payments')
    .description('Load a bank’s file of payments (lockbox CSV) or of returns (NACHA)')
    .argument('<file>')
    .option('--client <code>', 'the client, when there are several')
    .addOption(
      new Option('--format <format>', 'what the file is; told from its first line when left out').choices(
        FILE_FORMATS,
      ),
    )
    .option(
      '--columns <names>',
      'of another CSV: account=Acct,amount=Paid,paymentDate=Date[,reference=,method=,currency=]',
    )
    .option('--sender <name>', 'who sent a CSV with other columns')
    .option('--json', 'write the report as JSON')
    .addHelpText(
      'after',
      '\nExit code 1: a row was rejected, or the file refused. Suspended rows are taken money.',
    )
    .action((file: string, options: LoadOptions, command: Command) =>
      withInstallation(command, (installation) => loadPayments(installation, file, options)),
    )
}

async function loadPayments(
  { database, clock }: Installation,
  path: string,
  options: LoadOptions,
): Promise<void> {
  const { clientId } = await findClient(database.read, options.client)
  const content = await contentOf(path)
  const fileName = basename(path)
  const json = options.json ?? false
  let bar: ReturnType<typeof openProgress> | undefined
  const report = await loadPaymentFile(database, {
    clientId,
    content,
    fileName,
    format: options.format ?? (content[0] === '1'.charCodeAt(0) ? 'nacha' : 'lockbox'),
    ...(options.columns !== undefined && { mapping: mappingOf(options.columns) }),
    ...(options.sender !== undefined && { sender: options.sender }),
    clock,
    actor: cliActor(),
    onProgress: ({ done, total }) => {
      bar ??= openProgress({ label: fileName, total, unit: 'rows', json })
      bar.update(done)
    },
  })
  bar?.finish()
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : describeLoad(report))
  if (report.totals.rejected) process.exitCode = 1
}

async function contentOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch {
    throw new Refusal('not_found', 'file_unreadable', `Cannot read ${path}. Check the path.`)
  }
}

const COLUMNS = ['account', 'amount', 'paymentDate', 'reference', 'method', 'currency']

function mappingOf(text: string): LockboxMapping {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.trim()))
  const wrong = pairs.find(([ours = '', theirs]) => !COLUMNS.includes(ours) || !theirs)
  const mapping = Object.fromEntries(pairs) as LockboxMapping
  if (!wrong && mapping.account && mapping.amount && mapping.paymentDate) return mapping
  throw new Refusal(
    'malformed',
    'columns_malformed',
    `Write the columns as account=Acct,amount=Paid,paymentDate=Date; ${wrong ? `"${wrong.join('=')}" is none of ${COLUMNS.join(', ')}` : 'account, amount and paymentDate are needed'}.`,
  )
}

/** This will tell a report in lines: the file, its rows by what became of them, then those that need somebody. */
export function describeLoad({ file, resumed, totals, open }: FileReport): string {
  const counts = Object.entries(totals).map(
    ([status, { rows, amountCents }]) =>
      `  ${rows.toLocaleString('en-US')} ${status}: ${centsToDecimal(amountCents)}`,
  )
  const rows = open.map(
    (row) => `  line ${row.lineNumber} ${row.status}: ${row.accountText || 'no account'}: ${row.reason}`,
  )
  const head = `${file.fileName}: file ${file.fileId} of ${file.sender}${resumed ? ', gone on with' : ''}`
  return `${[head, ...counts, ...rows].join('\n')}\n`
}
