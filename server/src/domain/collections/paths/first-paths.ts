import type { CollectionPath, PathStep, StepKind } from './path.ts'

function step(stepNumber: number, kind: StepKind, days: number, more: Partial<PathStep> = {}): PathStep {
  return {
    stepNumber,
    kind,
    countsFrom: stepNumber === 1 ? 'start' : 'step',
    afterStep: null,
    days,
    workDays: false,
    onWorkDay: true,
    template: null,
    amountCents: null,
    noticeDays: null,
    points: null,
    ...more,
  }
}

const SERVED = {
  stage: 'served',
  debtClasses: ['regulated', 'supply', 'arrangement', 'deposit', 'fee', 'other'],
  active: true,
} as const

/** What a client begins with: a path for homes, one for businesses, and one for service that has ended. */
export const FIRST_PATHS: readonly CollectionPath[] = [
  {
    ...SERVED,
    pathCode: 'residential',
    name: 'Homes',
    debtClasses: [...SERVED.debtClasses],
    customerClasses: ['residential'],
    priority: 20,
    minDaysPastDue: 5,
    minAmountCents: 2_500,
    releaseAmountCents: 1_000,
    restartDays: 0,
    steps: [
      step(1, 'reminder', 0, { template: 'late_reminder' }),
      step(2, 'notice', 10, { template: 'past_due_notice' }),
      step(3, 'credit_rating', 0, { points: -50 }),
      step(4, 'arrangement_offer', 5, { template: 'arrangement_offer', amountCents: 10_000 }),
      step(5, 'disconnect_notice', 5, { template: 'disconnect_notice', amountCents: 5_000, noticeDays: 10 }),
      step(6, 'cut', 10, { amountCents: 5_000 }),
      step(7, 'final_bill', 15, {}),
    ],
  },
  {
    ...SERVED,
    pathCode: 'commercial',
    name: 'Businesses',
    debtClasses: [...SERVED.debtClasses],
    customerClasses: ['commercial', 'industrial'],
    priority: 30,
    minDaysPastDue: 3,
    minAmountCents: 5_000,
    releaseAmountCents: 2_000,
    restartDays: 0,
    steps: [
      step(1, 'notice', 0, { template: 'past_due_notice' }),
      step(2, 'call', 3, { workDays: true }),
      step(3, 'credit_rating', 0, { points: -50 }),
      step(4, 'disconnect_notice', 5, { template: 'disconnect_notice', amountCents: 10_000, noticeDays: 7 }),
      step(5, 'cut', 7, { amountCents: 10_000 }),
      step(6, 'final_bill', 10, {}),
    ],
  },
  {
    pathCode: 'final',
    name: 'Service has ended',
    stage: 'stopped',
    customerClasses: [],
    debtClasses: [],
    priority: 40,
    minDaysPastDue: 15,
    minAmountCents: 501,
    releaseAmountCents: 500,
    restartDays: 0,
    active: true,
    steps: [
      step(1, 'notice', 0, { template: 'final_notice' }),
      step(2, 'agency_referral', 30, { template: 'agency_referral', amountCents: 5_000 }),
      step(3, 'write_off', 60, {}),
    ],
  },
]
