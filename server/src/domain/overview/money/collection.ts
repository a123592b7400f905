import type { Tx } from '../../../platform/db/index.ts'
import type { LocalDate } from '../../../platform/time.ts'
import {
  agencyReferralsOf,
  bankruptciesOf,
  type CollectionDetails,
  collectionDetails,
  collectionProcesses,
  creditRating,
  moratoria,
  type Obstacle,
  protectionsOf,
  severancesOf,
  writeOffsOf,
} from '../../collections/index.ts'
import { clientOf } from '../../customers/index.ts'
import type { AccountRecord } from '../record.ts'
import type { AccountCollection, MoneyObstacle, ProcessMoney } from './record.ts'

const SHOWN = 6

/** This will tell what is done about the debt of an account, what forbids it, and what became of it. */
export async function collectionOf(tx: Tx, account: AccountRecord): Promise<AccountCollection> {
  const { customerId, accountNumber, today } = account
  const details = await collectionDetails(tx, customerId, today)
  const ofAccount = (one: { accountNumber: number | null }) =>
    one.accountNumber === null || one.accountNumber === accountNumber
  return {
    processes: (await collectionProcesses(tx, customerId, accountNumber))
      .map((process) => withDebt(process, details))
      .reverse()
      .slice(0, SHOWN),
    protections: (await protectionsOf(tx, customerId)).filter(ofAccount).reverse(),
    obstacles: await told(tx, account, details.obstacles.filter(ofAccount)),
    severances: (await severancesOf(tx, customerId)).filter(ofAccount).reverse().slice(0, SHOWN),
    bankruptcies: (await bankruptciesOf(tx, customerId)).filter(ofAccount),
    writeOffs: (await writeOffsOf(tx, customerId)).filter(ofAccount),
    referrals: (await agencyReferralsOf(tx, customerId)).filter(ofAccount),
    rating: await creditRating(tx, account, today),
  }
}

function withDebt(
  process: Omit<ProcessMoney, 'pastDueCents' | 'nextStep' | 'amountToStopCents'>,
  { debts }: CollectionDetails,
): ProcessMoney {
  const debt = debts.find((one) => one.process?.processId === process.processId)
  return {
    ...process,
    pastDueCents: debt?.amountCents ?? 0,
    nextStep: debt?.nextStep ?? null,
    amountToStopCents: debt?.amountToStopCents ?? 0,
  }
}

/** What is no protection, which is listed with its evidence; each source once. */
async function told(
  tx: Tx,
  account: AccountRecord,
  obstacles: readonly Obstacle[],
): Promise<MoneyObstacle[]> {
  const others = obstacles.filter(({ source }) => !source.startsWith('protection:'))
  const once = others.filter(
    (one, index) => others.findIndex((other) => other.source === one.source) === index,
  )
  const known = once.some(isMoratorium) ? await moratoria(tx, clientOf(account.customerId)) : []
  return once.map(({ forbids, source }) => {
    const nothing = { name: null, reason: null, evidence: null, startDate: null, endDate: null }
    const running = known.find((one) => source === `moratorium:${one.moratoriumId}`)
    if (!running) return { forbids, source, ...nothing, ...onFile(account, source) }
    const { name, startDate, endDate } = running
    return { forbids, source: 'moratorium', ...nothing, name, startDate, endDate }
  })
}

/** What the account's file says about an exemption, an alert or a flag that counts today. */
function onFile(account: AccountRecord, source: string): Partial<MoneyObstacle> {
  const [kind, code] = source.split(':')
  const { today, alerts, flags, exemptions } = account
  const alert = kind === 'alert' && alerts.find((one) => one.kind === code)
  if (alert) return { reason: alert.text, startDate: alert.startDate, endDate: alert.endDate }
  const flag = kind === 'flag' && flags.find((one) => one.flag === code)
  if (flag) return { reason: flag.reason, startDate: flag.startDate, endDate: flag.endDate }
  const exemption =
    kind === 'exemption' && exemptions.find((one) => one.kind === code && countsOn(one, today))
  if (!exemption) return {}
  return { evidence: exemption.certificate, startDate: exemption.startDate, endDate: exemption.endDate }
}

function countsOn(one: { startDate: LocalDate; endDate: LocalDate | null }, day: LocalDate): boolean {
  return one.startDate <= day && (one.endDate === null || day < one.endDate)
}

function isMoratorium({ source }: Obstacle): boolean {
  return source.startsWith('moratorium:')
}
