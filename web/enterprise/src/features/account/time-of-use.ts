import type { Series } from '@billwright/kit/charts'
import { useText } from '../../messages/index.ts'

export interface TimeOfUse {
  code: string
  series: Series
  label: string
}

/** In the order in which they are stacked, cheapest first. */
const KNOWN = {
  super_off_peak: { series: 'tou4', label: 'tou.super_off_peak' },
  night: { series: 'tou4', label: 'tou.night' },
  off_peak: { series: 'tou3', label: 'tou.off_peak' },
  mid_peak: { series: 'tou2', label: 'tou.mid_peak' },
  on_peak: { series: 'tou1', label: 'tou.on_peak' },
} as const
type KnownCode = keyof typeof KNOWN

const ALIASES: Record<string, KnownCode> = {
  super_off: 'super_off_peak',
  off: 'off_peak',
  mid: 'mid_peak',
  part_peak: 'mid_peak',
  partial_peak: 'mid_peak',
  shoulder: 'mid_peak',
  on: 'on_peak',
  peak: 'on_peak',
}

const FILLS: readonly Series[] = ['tou3', 'tou1', 'tou2', 'tou4']

/** This will name a tariff's time of use in words; a code that nobody knows is its own name. */
export function useTimeOfUseName(): (code: string) => string {
  const text = useText()
  return (code) => {
    const known = knownCode(code)
    if (known) return text(KNOWN[known].label)
    return code ? code.replaceAll('_', ' ') : text('tou.all')
  }
}

/** This will put times of use in their fixed order, each with a fill of its own. */
export function useTimesOfUse(codes: readonly string[]): TimeOfUse[] {
  const nameOf = useTimeOfUseName()
  const ordered = codes.toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other))
  const taken = new Set<Series>()
  return ordered.map((code) => {
    const known = knownCode(code)
    const wanted = known ? KNOWN[known].series : undefined
    const free = FILLS.find((fill) => !taken.has(fill)) ?? 'tou3'
    const series = code === '' ? 'usage' : wanted && !taken.has(wanted) ? wanted : free
    taken.add(series)
    return { code, series, label: nameOf(code) }
  })
}

function knownCode(code: string): KnownCode | undefined {
  const plain = code.toLowerCase().replaceAll('-', '_')
  return plain in KNOWN ? (plain as KnownCode) : ALIASES[plain]
}

function rank(code: string): number {
  const known = knownCode(code)
  return known ? Object.keys(KNOWN).indexOf(known) : -1
}
