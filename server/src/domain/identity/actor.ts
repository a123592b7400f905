/** Who does something, through which door, and why: goes into the audit row of the act. */
export interface Actor {
  /** `user:ops`, `cli:root`, `job:bill-run` */
  actor: string
  door: 'enterprise' | 'cli' | 'jobs' | 'demo'
  reason?: string
  correlationId?: string
}

/** A signed-in member of a client's staff. */
export interface StaffCaller {
  clientId: number
  /** `user:ops` */
  name: string
  permissions: ReadonlySet<string>
  userId: number
}
