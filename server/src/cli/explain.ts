import type { Command } from 'commander'
import {
  type ChargeLine,
  type ExplainedBill,
  type ExplainedCharge,
  type ExplainedDifference,
  explainBill,
  explainDifference,
  formatBillId,
  parseBillId,
} from '../domain/billing/index.ts'
import { findClient } from '../domain/identity/index.ts'
import { decimalOf, decimalText } from '../platform/decimal.ts'
import { centsToDecimal } from '../platform/money.ts'
import { Temporal } from '../platform/time.ts'
import { CommandFailed } from './failure.ts'
import { withInstallation } from './installation.ts'

interface ExplainOptions {
  against?: string
  client?: string
  json?: boolean
}

/** This will add `explain BILL_ID [--against BILL_ID]` to the program; exit code 1 when a bill does not reproduce. */
export function explainCommand(program: Command): void {
  program
    .command('explain')
    .description('Where every cent of a bill came from, or why it differs from another')
    .argument('<bill>', 'bill number, such as 00000042-0003')
    .option('--against <bill>', 'the bill to compare with')
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write the explanation as JSON')
    .action((bill: string, options: ExplainOptions, command: Command) =>
      withInstallation(command, async ({ database }) => {
        const { clientId } = await findClient(database.read, options.client)
        const key = parseBillId(clientId, bill)
        if (options.against !== undefined) {
          const difference = await explainDifference(
            database.read,
            key,
            parseBillId(clientId, options.against),
          )
          console.log(options.json ? JSON.stringify(difference) : describeDifference(difference))
          return
        }
        const explained = await explainBill(database.read, key)
        console.log(options.json ? JSON.stringify(summary(explained)) : describeBill(explained))
        if (!explained.reproduced) throw new CommandFailed()
      }),
    )
}

function summary({ bill, charges, reproduced }: ExplainedBill) {
  const differences = charges.flatMap((one) => one.differences)
  return { bill: formatBillId(bill), ...bill, reproduced, differences }
}

function describeBill({ bill, charges, reproduced }: ExplainedBill): string {
  return [
    `Bill ${formatBillId(bill)} of ${bill.billDate}, due ${bill.dueDate}`,
    ...charges.flatMap(describeCharge),
    '',
    `${money(bill.previousCents)}  previous balance`,
    `${money(bill.creditsCents)}  payments and credits since`,
    `${money(bill.chargesCents)}  charges of this bill`,
    `${money(bill.amountDueCents)}  amount due`,
    reproduced
      ? 'Priced again from the same measurements, plan versions and facts, it reproduces exactly.'
      : 'Priced again from what it saw, it does NOT reproduce; see the lines marked above.',
  ].join('\n')
}

function describeCharge({ charge, differences }: ExplainedCharge): string[] {
  const plans = charge.parts.map(
    (part) =>
      `tariff ${part.tariffId} version ${part.tariffVersion} from ${part.startDate} to ${part.endDate}`,
  )
  const wrong = new Map(differences.map((one) => [one.lineNumber, one]))
  return [
    '',
    `Charge ${charge.chargeId}, ${charge.startDate} to ${charge.endDate} (exclusive): ${plans.join('; ')}`,
    ...charge.lines.flatMap((line) => {
      const difference = wrong.get(line.lineNumber)
      const mark = difference ? [`            AGAIN: ${difference.againCents ?? 'no line'} cents`] : []
      return [...describeLine(line, charge.basis.timeZone), ...mark]
    }),
    `${money(charge.amountCents)}  sum of ${charge.lines.length} lines`,
  ]
}

function describeLine(line: ChargeLine, timeZone: string): string[] {
  const { detail, quantity, quantityScale, unit, touCode, price } = line
  const facts = [
    quantity !== null &&
      `${decimalText(decimalOf(quantity, quantityScale ?? 0))} ${unit}${touCode ? ` ${touCode}` : ''}`,
    price !== null && `price ${price} a ${detail.per ?? unit}`,
    detail.band && `block ${detail.band.number}`,
    detail.proration &&
      `prorated ${detail.proration.days}/${detail.proration.ofDays} (${detail.proration.rule})`,
    detail.intervals &&
      `intervals ${stamp(detail.intervals.fromSeconds, timeZone)} to ${stamp(detail.intervals.toSeconds, timeZone)}`,
    `unrounded ${line.unrounded}`,
  ].filter(Boolean)
  return [
    `${money(line.amountCents)}  ${line.lineNumber}. ${detail.text.en}${detail.memo ? ' (memo)' : ''}`,
    ...(detail.reason ? [`            ${detail.reason.en}`] : []),
    `            ${facts.join(', ')}`,
  ]
}

function describeDifference({ before, after, differenceCents, causes }: ExplainedDifference): string {
  return [
    `Bill ${formatBillId(after)} asks for ${centsToDecimal(after.amountDueCents)}, bill ${formatBillId(before)} for ${centsToDecimal(before.amountDueCents)}:`,
    ...causes.map(
      ({ code, amountCents, sentence, agreementId }) =>
        `${money(amountCents)}  ${code}${agreementId ? ` (agreement ${agreementId})` : ''}: ${sentence}`,
    ),
    `${money(differenceCents)}  in all`,
  ].join('\n')
}

const money = (cents: number) => centsToDecimal(cents).padStart(10)

function stamp(seconds: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toZonedDateTimeISO(timeZone)
  return at.toString({ smallestUnit: 'minute', timeZoneName: 'never' })
}
