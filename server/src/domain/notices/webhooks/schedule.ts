/** How an attempt went. No status: no answer came, for the reason told. */
export interface Outcome {
  status?: number
  error?: string
  /** Seconds that the receiver asks to wait. */
  retryAfterSeconds?: number
}

/** Seconds after each failed attempt. Source: Standard Webhooks, "Deliverability and reliability". */
const WAITS_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const LONGEST_WAIT_SECONDS = 86_400
/** A wait is shortened or lengthened by at most this share, so that receivers that come back are not all called at once. */
const JITTER = 0.1
const GONE = 410

/** An endpoint whose deliveries have all failed for so long is disabled. */
export const DISABLED_AFTER_DAYS = 5

export type Verdict = 'delivered' | 'gone' | { waitSeconds: number } | 'failed'

/**
 * This will say what follows from the n-th attempt (from 1): a 2xx answer ends it well, 410 ends the endpoint, all else
 * is tried again, later each time or when the receiver asks for it, until the attempts are used up.
 * `random` is in [0, 1).
 */
export function judge(outcome: Outcome, attempt: number, random: number): Verdict {
  const { status = 0, retryAfterSeconds = 0 } = outcome
  if (status >= 200 && status < 300) return 'delivered'
  if (status === GONE) return 'gone'
  const planned = WAITS_SECONDS[attempt - 1]
  if (planned === undefined) return 'failed'
  const spread = planned * (1 + JITTER * (2 * random - 1))
  return { waitSeconds: Math.ceil(Math.max(spread, Math.min(retryAfterSeconds, LONGEST_WAIT_SECONDS))) }
}

/** This will read `retry-after` in seconds; 0 when it is absent or a date. */
export function readRetryAfter(header: string | undefined): number {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : 0
}
