import { textOf, type XmlElement } from './xml-element.ts'

/** When a yearly clock change happens, in local time before the change. */
export interface DstRule {
  month: number
  /** Monday 1 to Sunday 7; 0 when the day of the month alone decides. */
  weekday: number
  dayOfMonth: number
  /** `on`: that day of the month; `onOrAfter`: first such weekday from that day; else the nth or last such weekday. */
  occurrence: 'on' | 'onOrAfter' | 1 | 2 | 3 | 4 | 5 | 'last'
  hour: number
  second: number
}

export interface LocalTime {
  tzOffsetSeconds: number
  dstOffsetSeconds: number
  dstStart?: DstRule
  dstEnd?: DstRule
}

const OCCURRENCES: readonly DstRule['occurrence'][] = ['on', 'onOrAfter', 1, 2, 3, 4, 5, 'last']

/**
 * This will read a LocalTimeParameters element; rules that cannot be read are named in `unreadable`.
 * Undefined without a numeric `tzOffset`.
 */
export function readLocalTime(
  element: XmlElement,
): { localTime: LocalTime; unreadable: string[] } | undefined {
  const tzOffset = textOf(element, 'tzOffset') ?? ''
  if (!/^[+-]?\d{1,6}$/.test(tzOffset)) return undefined
  const unreadable: string[] = []
  const rule = (name: string) => {
    const text = textOf(element, name)
    if (text === undefined || /^f{8}$/i.test(text)) return undefined
    const decoded = decodeDstRule(text)
    if (!decoded) unreadable.push(`${name} ${text}`)
    return decoded
  }
  const dstStart = rule('dstStartRule')
  const dstEnd = rule('dstEndRule')
  const localTime: LocalTime = {
    tzOffsetSeconds: Number(tzOffset),
    dstOffsetSeconds: Number(textOf(element, 'dstOffset') ?? 0) || 0,
    ...(dstStart ? { dstStart } : {}),
    ...(dstEnd ? { dstEnd } : {}),
  }
  return { localTime, unreadable }
}

/**
 * This will decode a daylight-saving rule of 32 bits in hexadecimal; undefined when it is none.
 * Source: ESPI TimeConfiguration: bits 0-11 seconds, 12-16 hour, 17-19 weekday, 20-24 day, 25-27 operator, 28-31 month.
 */
export function decodeDstRule(hex: string): DstRule | undefined {
  if (!/^[0-9a-f]{8}$/i.test(hex)) return undefined
  const bits = Number.parseInt(hex, 16)
  const field = (low: number, width: number) => (bits >>> low) & ((1 << width) - 1)
  const rule: DstRule = {
    month: field(28, 4),
    occurrence: OCCURRENCES[field(25, 3)] as DstRule['occurrence'],
    dayOfMonth: field(20, 5),
    weekday: field(17, 3),
    hour: field(12, 5),
    second: field(0, 12),
  }
  return rule.month >= 1 && rule.month <= 12 && rule.hour <= 24 ? rule : undefined
}
