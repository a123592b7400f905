/** One thing that the doctor looked at. */
export interface Finding {
  about: string
  state: 'ok' | 'warning' | 'fault'
  /** What was found; for a fault or warning also the remedy. */
  text: string
}

export const ok = (text: string) => ({ state: 'ok' as const, text })
export const warning = (text: string) => ({ state: 'warning' as const, text })
export const fault = (text: string) => ({ state: 'fault' as const, text })
