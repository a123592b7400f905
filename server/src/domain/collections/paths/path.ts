import type { Cents } from '../../../platform/money.ts'
import { addDays, type LocalDate } from '../../../platform/time.ts'
import type { CustomerClass } from '../../customers/index.ts'
import type { WorkCalendar } from '../../identity/index.ts'
import type { Arrears, Stage } from '../debt/arrears.ts'

export type StepKind =
  | 'reminder'
  | 'notice'
  | 'call'
  | 'arrangement_offer'
  | 'disconnect_notice'
  | 'cut'
  | 'final_bill'
  | 'agency_referral'
  | 'write_off'
  | 'credit_rating'
  | 'fee'

/** One dated step of a path. */
export interface PathStep {
  stepNumber: number
  kind: StepKind
  /** The day its days count from: when the process began, or when the step it waits for was done. */
  countsFrom: 'start' | 'step'
  /** The step it waits for; null: the one before. */
  afterStep: number | null
  days: number
  /** Counts only days on which the client works. */
  workDays: boolean
  /** Moved to the next such day. */
  onWorkDay: boolean
  /** What the customer is told with. */
  template: string | null
  /** Of a fee: how much. Of any other step: the debt below which it is left out. */
  amountCents: Cents | null
  /** Of a notice of disconnection: days before the cut may be. */
  noticeDays: number | null
  /** Of a credit rating: points, below zero is bad. */
  points: number | null
}

/** What is done about debt that meets its criteria. */
export interface CollectionPath {
  pathCode: string
  name: string
  stage: Stage
  /** Empty: all. */
  customerClasses: CustomerClass[]
  debtClasses: string[]
  /** 1 to 99: the lowest whose criteria hold is taken. */
  priority: number
  minDaysPastDue: number
  minAmountCents: Cents
  /** It stops when no more than this is past due. */
  releaseAmountCents: Cents
  /** After its end, before it may begin again. */
  restartDays: number
  active: boolean
  steps: PathStep[]
}

/** This will choose the path for what is past due: the first by priority whose criteria all hold. */
export function choosePath(
  paths: readonly CollectionPath[],
  arrears: Arrears,
  customerClass: CustomerClass,
): CollectionPath | undefined {
  return [...paths]
    .sort((a, b) => a.priority - b.priority)
    .find(
      (path) =>
        path.active &&
        path.stage === arrears.stage &&
        includes(path.customerClasses, customerClass) &&
        includes(path.debtClasses, arrears.debtClass) &&
        arrears.daysPastDue >= path.minDaysPastDue &&
        arrears.amountCents >= path.minAmountCents,
    )
}

function includes<Code extends string>(codes: readonly Code[], code: Code): boolean {
  return codes.length === 0 || codes.includes(code)
}

/** This will tell the day on which a step is due, counted from a day. */
export function stepDueDate(
  step: Pick<PathStep, 'days' | 'workDays' | 'onWorkDay'>,
  from: LocalDate,
  calendar: WorkCalendar,
): LocalDate {
  const day = step.workDays ? calendar.addWorkDays(from, step.days) : addDays(from, step.days)
  return step.onWorkDay ? calendar.nextWorkDay(day) : day
}

/** This will tell which step another waits for: the named one, else the one before it; undefined for the first. */
export function awaitedStep<Step extends Pick<PathStep, 'stepNumber' | 'afterStep'>>(
  step: Step,
  steps: readonly Step[],
): Step | undefined {
  if (step.afterStep !== null) return steps.find((one) => one.stepNumber === step.afterStep)
  return steps
    .filter((one) => one.stepNumber < step.stepNumber)
    .sort((a, b) => b.stepNumber - a.stepNumber)[0]
}
