import type { ServiceKind } from './quantity.ts'

/** Where service is delivered and measured. Its days are those of its time zone: 23, 24 or 25 hours long. */
export interface ServicePoint {
  servicePointId: number
  clientId: number
  premiseId: number
  serviceKind: ServiceKind
  timeZone: string
  status: 'planned' | 'connected' | 'disconnected' | 'retired'
  /** ESI ID, utility account or service delivery number. */
  externalNumber: string | null
}
