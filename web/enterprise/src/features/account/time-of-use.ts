import type { Series } from '@billwright/kit/charts'
import { useText } from '../../messages/index.ts'

const KNOWN = {
  on_peak: { series: 'tou1', label: 'tou.on_peak' },
  mid_peak: { series: 'tou2', label: 'tou.mid_peak' },
  off_peak: { series: 'tou3', label: 'tou.off_peak' },
  super_off_peak: { series: 'tou4', label: 'tou.super_off_peak' },
} as const

const ALIASES: Record<string, keyof typeof KNOWN> = {
  on: 'on_peak',
  peak: 'on_peak',
  mid: 'mid_peak',
  part_peak: 'mid_peak',
  partial_peak: 'mid_peak',
  shoulder: 'mid_peak',
  off: 'off_peak',
  super_off: 'super_off_peak',
}

const FREE: readonly Series[] = ['tou3', 'tou1', 'tou2', 'tou4']

/** This will give a time of use its fill and its name; a tariff's own codes take fills in the order in which they come. */
export function useTimeOfUse() {
  const text = useText()
  return (code: string, codes: readonly string[]): { series: Series; label: string } => {
    if (!code) return { series: 'usage', label: text('tou.all') }
    const plain = code.toLowerCase().replaceAll('-', '_')
    const known = KNOWN[(ALIASES[plain] ?? plain) as keyof typeof KNOWN]
    if (known) return { series: known.series, label: text(known.label) }
    return { series: FREE[codes.indexOf(code) % FREE.length] ?? 'usage', label: code.replaceAll('_', ' ') }
  }
}
