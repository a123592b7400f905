/** A file of the automated clearing house. Amounts are cents; every field is trimmed text unless it counts. */
export interface NachaFile {
  /** Routing number of who receives the file, and the id of who sends it. */
  destination: string
  origin: string
  /** YYYY-MM-DD, and HHMM or empty. */
  createdOn: string
  createdAt: string
  /** Tells files of one day apart: A to Z, 0 to 9. */
  idModifier: string
  destinationName: string
  originName: string
  referenceCode: string
  batches: NachaBatch[]
}

export interface NachaBatch {
  serviceClass: string
  companyName: string
  companyId: string
  /** PPD, CCD, WEB, TEL, ..., COR for notifications of change. */
  entryClass: string
  description: string
  descriptiveDate: string
  /** YYYY-MM-DD, or empty. */
  effectiveDate: string
  settlementDay: string
  originatorStatus: string
  originatingBank: string
  batchNumber: number
  entries: NachaEntry[]
}

export interface NachaEntry {
  lineNumber: number
  /** 22 and 32 pay, 27 and 37 draw; 21, 26, 31 and 36 are their returns. */
  transactionCode: string
  /** Eight digits and the check digit. */
  routingNumber: string
  accountNumber: string
  amountCents: number
  individualId: string
  individualName: string
  discretionary: string
  traceNumber: string
  addenda: NachaAddenda[]
}

/** 99: a return; 98: a notification of change; any other stays text. */
export type NachaAddenda =
  | {
      kind: 'return'
      returnCode: string
      originalTrace: string
      dateOfDeath: string
      originalBank: string
      information: string
      traceNumber: string
    }
  | {
      kind: 'change'
      changeCode: string
      originalTrace: string
      originalBank: string
      correctedData: string
      traceNumber: string
    }
  | { kind: 'other'; text: string }
