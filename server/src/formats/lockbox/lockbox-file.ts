/** One payment of a lockbox file, as written: what it says is read and judged by who takes it. */
export interface LockboxRow {
  lineNumber: number
  account: string
  amount: string
  /** Of the row when it names one, else of the file. */
  currency: string
  paymentDate: string
  method: string
  reference: string
}

export interface LockboxFile {
  /** The bank or agency that sent it, and its number of the file. */
  sender: string
  senderFileId: string
  rows: LockboxRow[]
}

/** The columns of a file with a header line of its own: our names, and the file's. */
export interface LockboxMapping {
  account: string
  amount: string
  paymentDate: string
  reference?: string
  method?: string
  currency?: string
}
