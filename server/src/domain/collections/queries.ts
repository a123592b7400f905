import type { Tx } from '../../platform/db/index.ts'
import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { Bankruptcy } from './bankruptcy/bankruptcy.ts'
import type { Arrears } from './debt/arrears.ts'
import { arrearsAgainst, readCaseload } from './debt/caseload.ts'
import type { CollectionProcess, ProcessStep } from './processes/process.ts'
import type { Obstacle } from './protections/protection.ts'
import type { Severance } from './severance/severance.ts'
import { selectBankruptcies } from './store/bankruptcy.ts'
import { type StepFilter, selectProcesses, selectStepList, selectSteps } from './store/process.ts'
import { selectSeverances } from './store/severance.ts'
import { selectReferrals, selectWriteOffs } from './store/write-off.ts'
import type { AgencyReferral, WriteOff } from './write-off/write-off.ts'

export type ProcessWithSteps = CollectionProcess & { steps: ProcessStep[] }

export interface CollectionDetails {
  /** What is past due, by account, debt class and stage, with its age. */
  debts: (Arrears & {
    process: ProcessWithSteps | null
    nextStep: ProcessStep | null
    /** So much ends the process; 0 without one. */
    amountToStopCents: Cents
  })[]
  /** What forbids steps on the day. */
  obstacles: Obstacle[]
  severances: Severance[]
}

/** This will tell what a customer owes past due on a day, what is done about it and what would end it. */
export async function collectionDetails(
  tx: Tx,
  customerId: number,
  day: LocalDate,
): Promise<CollectionDetails> {
  const caseload = await readCaseload(tx, [customerId], day)
  const debts = caseload.arrears.map((arrears) => {
    const process = caseload.processes.find((one) => arrearsAgainst({ arrears: [arrears] }, one)) ?? null
    const nextStep = process?.steps.find((step) => step.status === 'pending') ?? null
    const amountToStopCents = process ? Math.max(0, arrears.amountCents - process.releaseCents) : 0
    return { ...arrears, process, nextStep, amountToStopCents }
  })
  const severances = await selectSeverances(tx, [customerId], { active: true })
  return { debts, obstacles: caseload.shelter.obstacles, severances }
}

/** This will list a customer's processes with their steps, oldest first; of one account when it is named. */
export async function collectionProcesses(
  tx: Tx,
  customerId: number,
  accountNumber?: number,
): Promise<ProcessWithSteps[]> {
  const all = await selectProcesses(tx, [customerId])
  const own = all.filter((one) => accountNumber === undefined || one.accountNumber === accountNumber)
  const steps = await selectSteps(tx, own)
  return own.map((one) => ({ ...one, steps: steps.filter((step) => step.processId === one.processId) }))
}

/** This will list the steps of a client's processes that match, by day: the work list of collectors, and search. */
export async function collectionSteps(tx: Tx, filter: StepFilter) {
  const rows = await selectStepList(tx, filter)
  return { steps: rows.map(({ total: _, ...step }) => step), total: rows[0]?.total ?? 0 }
}

/** This will list the severances of a customer, ended ones too. */
export function severancesOf(tx: Tx, customerId: number): Promise<Severance[]> {
  return selectSeverances(tx, [customerId])
}

/** This will list what was written off of a customer's debt, dismissed write-offs too. */
export function writeOffsOf(tx: Tx, customerId: number): Promise<WriteOff[]> {
  return selectWriteOffs(tx, [customerId])
}

/** This will list what was handed to agencies of a customer's debt. */
export function agencyReferralsOf(tx: Tx, customerId: number): Promise<AgencyReferral[]> {
  return selectReferrals(tx, [customerId])
}

/** This will list the bankruptcies of a customer with the debt that each froze. */
export function bankruptciesOf(tx: Tx, customerId: number): Promise<Bankruptcy[]> {
  return selectBankruptcies(tx, customerId)
}
