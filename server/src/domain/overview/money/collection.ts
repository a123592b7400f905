import type { Tx } from '../../../platform/db/index.ts'
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
import type { AccountCollection, ProcessMoney } from './record.ts'

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
    obstacles: await named(tx, customerId, details.obstacles.filter(ofAccount)),
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
async function named(tx: Tx, customerId: number, obstacles: readonly Obstacle[]) {
  const others = obstacles.filter(({ source }) => !source.startsWith('protection:'))
  const once = others.filter(
    (one, index) => others.findIndex((other) => other.source === one.source) === index,
  )
  const known = once.some(isMoratorium) ? await moratoria(tx, clientOf(customerId)) : []
  return once.map(({ forbids, source }) => ({
    forbids,
    source: source.replace(/^moratorium:.*/, 'moratorium'),
    name: known.find((one) => source === `moratorium:${one.moratoriumId}`)?.name ?? null,
  }))
}

function isMoratorium({ source }: Obstacle): boolean {
  return source.startsWith('moratorium:')
}
