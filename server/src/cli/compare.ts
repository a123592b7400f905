import type { Command } from 'commander'
import { type AgreementKey, type BillableAgreement, parseAccountId } from '../domain/agreements/index.ts'
import { billedYear, compiledFor, type PricedYear, priceYear } from '../domain/billing/index.ts'
import { getCustomer } from '../domain/customers/index.ts'
import { findClient } from '../domain/identity/index.ts'
import type { CompiledTariff } from '../domain/rating/index.ts'
import { getTariffs, tariffVersions } from '../domain/tariffs/index.ts'
import type { Tx } from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { centsToDecimal, sumCents } from '../platform/money.ts'
import { type LocalDate, localDateAt } from '../platform/time.ts'
import { withInstallation } from './installation.ts'
import { assertDate } from './price/monthly-bills.ts'
import { readTariffFile } from './tariff-file.ts'

interface CompareOptions {
  tariffs?: string[]
  until?: LocalDate
  client?: string
  json?: boolean
}

interface Plan {
  code: string
  name: string
  versions: CompiledTariff[]
}

/** A plan, and what a customer's year comes to under it. */
export interface ComparedPlan extends PricedYear {
  code: string
  name: string
  /** Less what was billed: below zero is a saving. */
  changeCents: number
  /** The bill that rises most (or falls least) against what was billed. */
  worst: { start: LocalDate; end: LocalDate; changeCents: number }
}

export interface Comparison {
  billedCents: number
  bills: number
  /** Cheapest first. */
  plans: ComparedPlan[]
  notPriced: { code: string; reason: string }[]
}

/** This will add `compare ACCOUNT [--tariffs CODE|FILE...]` to the program. */
export function compareCommand(program: Command): void {
  program
    .command('compare')
    .description("An account's last twelve months of bills under other plans, the cheapest first")
    .argument('<account>', 'account id, such as 00000042-01-0001')
    .option(
      '--tariffs <tariff...>',
      'codes of plans, or files; by default every active plan for its class of customers',
    )
    .option('--until <date>', 'the twelve months end here; by default today')
    .option('--client <code>', 'client, when there are several')
    .option('--json', 'write the comparison as JSON')
    .action((account: string, options: CompareOptions, command: Command) =>
      withInstallation(command, async ({ database, clock }) => {
        const { clientId, timeZone } = await findClient(database.read, options.client)
        const key = parseAccountId(clientId, account)
        if (options.until !== undefined) assertDate(options.until)
        const until = options.until ?? localDateAt(clock(), timeZone)
        const found = await comparePlans(database.read, { clientId, key, until, tariffs: options.tariffs })
        process.stdout.write(
          options.json ? `${JSON.stringify(found, undefined, 2)}\n` : comparisonText(account, found),
        )
      }),
    )
}

/** This will price an agreement's last year of bills under plans, the cheapest first. Refuses one that was never billed. */
export async function comparePlans(
  tx: Tx,
  input: { clientId: number; key: AgreementKey; until: LocalDate; tariffs?: readonly string[] | undefined },
): Promise<Comparison> {
  const year = await billedYear(tx, input.key, input.until)
  const plans = input.tariffs
    ? await namedPlans(tx, input.clientId, input.tariffs)
    : await plansFor(tx, input.clientId, year.agreement)
  const billedCents = sumCents(year.periods.map((period) => period.billedCents))
  const found: Comparison = { billedCents, bills: year.periods.length, plans: [], notPriced: [] }
  for (const { code, name, versions } of plans) {
    try {
      const priced = priceYear(year, versions)
      const changes = priced.periods.map(({ period, amountCents }, index) => ({
        ...period,
        changeCents: amountCents - (year.periods[index]?.billedCents ?? 0),
      }))
      const worst = changes.reduce((a, b) => (b.changeCents > a.changeCents ? b : a))
      found.plans.push({ code, name, ...priced, changeCents: priced.amountCents - billedCents, worst })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      found.notPriced.push({ code, reason: error.message })
    }
  }
  found.plans.sort((a, b) => a.amountCents - b.amountCents)
  return found
}

/** The active plans of the agreement's service that are for its class of customers. */
async function plansFor(tx: Tx, clientId: number, agreement: BillableAgreement): Promise<Plan[]> {
  const { class: customerClass } = await getCustomer(tx, agreement.customerId)
  const own = (await getTariffs(tx, clientId)).filter(
    (one) =>
      one.serviceKind === agreement.serviceKind &&
      one.status === 'active' &&
      (one.customerClass === null || one.customerClass === customerClass),
  )
  return await Promise.all(own.map(({ tariffId }) => storedPlan(tx, clientId, tariffId)))
}

async function namedPlans(tx: Tx, clientId: number, wanted: readonly string[]): Promise<Plan[]> {
  const stored = await getTariffs(tx, clientId)
  return await Promise.all(
    wanted.map(async (text) => {
      const known = stored.find(({ code }) => code === text)
      return known ? await storedPlan(tx, clientId, known.tariffId) : await filedPlan(tx, clientId, text)
    }),
  )
}

async function storedPlan(tx: Tx, clientId: number, tariffId: number): Promise<Plan> {
  const texts = (await tariffVersions(tx, clientId, [tariffId])).map(({ document }) => document)
  const versions = await compiledFor(tx, clientId, texts)
  return { code: texts[0]?.code ?? String(tariffId), name: texts.at(-1)?.name ?? '', versions }
}

async function filedPlan(tx: Tx, clientId: number, path: string): Promise<Plan> {
  const { tariff } = await readTariffFile(path)
  const versions = await compiledFor(tx, clientId, [tariff])
  return { code: tariff.code, name: tariff.name, versions }
}

/** This will lay a comparison out for people. */
export function comparisonText(
  account: string,
  { billedCents, bills, plans, notPriced }: Comparison,
): string {
  const signed = (cents: number) => `${cents > 0 ? '+' : ''}${centsToDecimal(cents)}`
  const rows = plans.map(
    ({ code, name, amountCents, changeCents, worst }) =>
      `  ${`${code} ${name}`.slice(0, 38).padEnd(40)}${centsToDecimal(amountCents).padStart(12)}${signed(changeCents).padStart(12)}   ${signed(worst.changeCents)} from ${worst.start} to ${worst.end}`,
  )
  return [
    `Account ${account}: ${bills} bills, ${centsToDecimal(billedCents)} billed`,
    `  ${'plan'.padEnd(40)}${'the year'.padStart(12)}${'change'.padStart(12)}   worst bill`,
    ...rows,
    ...notPriced.map(({ code, reason }) => `  ${code}: ${reason}`),
    '',
  ].join('\n')
}
