import type { Cents } from '../../platform/money.ts'
import type { LocalDate } from '../../platform/time.ts'
import type { PageOf } from './record.ts'

/** A step of a collection process, with its process. */
export interface CollectionStepListed {
  customerId: number
  customerName: string
  accountNumber: number
  processId: number
  stepNumber: number
  kind: string
  template: string | null
  /** Of a fee. */
  amountCents: Cents | null
  status: string
  dueDate: LocalDate | null
  waitingFor: string | null
  doneOn: LocalDate | null
  askedCents: Cents | null
  pathCode: string
  pathName: string | null
  debtClass: string
  stage: string
  processStatus: string
  arrearsDate: LocalDate
  arrearsCents: Cents
  startedOn: LocalDate
  endedOn: LocalDate | null
  endReason: string | null
}

export interface CollectionStepQuery extends PageOf {
  clientId: number
  customerId?: number
  accountNumber?: number
  /** Steps of processes against the debt that this bill asked for. */
  billId?: number
  processId?: number
  kind?: string
  status?: string
  pathCode?: string
  debtClass?: string
  dueFrom?: LocalDate
  /** Inclusive. */
  dueTo?: LocalDate
  doneFrom?: LocalDate
  /** Inclusive. */
  doneTo?: LocalDate
  /** Only due steps that something keeps from being done. */
  waiting?: boolean
}
