import type { LocalDate } from '../platform/time.ts'
import { collectDebtStep, smallBalancesStep } from './collect-debt.ts'
import { drawPaymentsStep } from './draw-payments.ts'
import { lateFeesStep } from './late-fees.ts'
import { payOverTimeSteps } from './pay-over-time.ts'
import { serviceDatesStep, serviceRequestsStep } from './service-requests.ts'
import type { WorkContext } from './work-context.ts'

/** Work that every business day of a client asks for once. Doing a day twice must change nothing. */
export interface DailyStep {
  name: string
  run(context: WorkContext, input: { clientId: number; day: LocalDate }): Promise<void>
}

/** In the order of a day. */
export const DAILY_STEPS: readonly DailyStep[] = [
  serviceRequestsStep,
  serviceDatesStep,
  drawPaymentsStep,
  ...payOverTimeSteps,
  lateFeesStep,
  collectDebtStep,
  smallBalancesStep,
]
