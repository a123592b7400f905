import type { Tx } from '../../../platform/db/index.ts'
import type { Instant, LocalDate } from '../../../platform/time.ts'
import { agreementsOfCustomers, type BillableAgreement } from '../../agreements/index.ts'
import type { CustomerClass } from '../../customers/index.ts'
import { type Actor, type WorkCalendar, workCalendar } from '../../identity/index.ts'
import { unsettledItems } from '../../receivables/index.ts'
import type { CollectionPath } from '../paths/path.ts'
import { type CollectionsPolicy, collectionsPolicy } from '../policy.ts'
import type { CollectionProcess, ProcessStep } from '../processes/process.ts'
import { type Shelter, shelterOf } from '../protections/obstacles.ts'
import type { Severance } from '../severance/severance.ts'
import { selectPaths } from '../store/path.ts'
import { selectProcesses, selectSteps } from '../store/process.ts'
import { selectClasses } from '../store/protection.ts'
import { selectSeverances } from '../store/severance.ts'
import { type Arrears, arrearsOf } from './arrears.ts'

/** What the rules of one client on one day need to know, beside the customers. */
export interface Rules {
  clientId: number
  day: LocalDate
  now: Instant
  actor: Actor
  paths: CollectionPath[]
  policy: CollectionsPolicy
  calendar: WorkCalendar
}

/** What is known of the debt of some customers on a day. */
export interface Caseload {
  agreements: BillableAgreement[]
  shelter: Shelter
  arrears: Arrears[]
  classes: Map<number, CustomerClass>
  /** The active ones. */
  processes: (CollectionProcess & { steps: ProcessStep[] })[]
  /** Active when this was read. */
  severances: Severance[]
}

/** This will read a client's rules of collecting. */
export async function readRules(
  tx: Tx,
  given: Pick<Rules, 'clientId' | 'day' | 'now' | 'actor'>,
): Promise<Rules> {
  const { clientId } = given
  return {
    ...given,
    paths: await selectPaths(tx, clientId),
    policy: await collectionsPolicy(tx, clientId),
    calendar: await workCalendar(tx, clientId),
  }
}

/** This will read what customers owe past due on a day, what shelters them, and what runs against them. */
export async function readCaseload(
  tx: Tx,
  customerIds: readonly number[],
  day: LocalDate,
): Promise<Caseload> {
  const agreements = await agreementsOfCustomers(tx, customerIds)
  const shelter = await shelterOf(tx, agreements, customerIds, day)
  const items = await unsettledItems(tx, customerIds)
  const active = await selectProcesses(tx, customerIds, { active: true })
  const steps = Map.groupBy(await selectSteps(tx, active), (step) => `${step.customerId}-${step.processId}`)
  return {
    agreements,
    shelter,
    arrears: arrearsOf(items, agreements, shelter.exclusions, day),
    classes: await selectClasses(tx, customerIds),
    severances: await selectSeverances(tx, customerIds, { active: true }),
    processes: active.map((one) => ({
      ...one,
      steps: steps.get(`${one.customerId}-${one.processId}`) ?? [],
    })),
  }
}

/** This will find what a process is about: the past-due debt of its account, class and stage; undefined when none is left. */
export function arrearsAgainst(
  caseload: Pick<Caseload, 'arrears'>,
  process: Pick<CollectionProcess, 'customerId' | 'accountNumber' | 'debtClass' | 'stage'>,
): Arrears | undefined {
  return caseload.arrears.find(
    (one) =>
      one.customerId === process.customerId &&
      one.accountNumber === process.accountNumber &&
      one.debtClass === process.debtClass &&
      one.stage === process.stage,
  )
}
