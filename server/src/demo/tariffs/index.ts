import type { LocalText, TariffInput } from '../../domain/tariffs/index.ts'
import { DEMAND, GENERAL, STREET_LIGHTING } from './commercial.ts'
import { SOLAR, STANDARD, TIME_OF_USE } from './residential.ts'

export type PlanCode = 'r-1' | 'r-tou' | 'r-sol' | 'gs-1' | 'gs-d' | 'ls-1'

/** A plan of the demo utility; its number is the same in every copy. */
export interface DemoPlan {
  tariffId: number
  document: TariffInput & { code: string }
  name: LocalText
  customerClass: 'residential' | 'commercial'
}

export const PLANS: readonly DemoPlan[] = [
  plan(1, STANDARD, 'Residencial estándar', 'residential'),
  plan(2, TIME_OF_USE, 'Residencial por horario', 'residential'),
  plan(3, SOLAR, 'Residencial solar', 'residential'),
  plan(4, GENERAL, 'Servicio general', 'commercial'),
  plan(5, DEMAND, 'Servicio general con demanda', 'commercial'),
  plan(6, STREET_LIGHTING, 'Alumbrado público', 'commercial'),
]

function plan(
  tariffId: number,
  document: TariffInput,
  es: string,
  customerClass: DemoPlan['customerClass'],
): DemoPlan {
  return { tariffId, document, name: { en: document.name, es }, customerClass }
}

/** This will give the number of a plan. */
export function planNumber(code: PlanCode): number {
  const found = PLANS.find((one) => one.document.code === code)
  if (!found) throw new Error(`the demo has no plan ${code}`)
  return found.tariffId
}
