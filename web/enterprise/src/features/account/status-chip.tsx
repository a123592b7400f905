import { Chip, type Tone, useCodeNames } from '@billwright/kit'

const TONES: Record<string, Tone> = { complete: 'good', frozen: 'good', error: 'bad', cancelled: 'neutral' }

/** A bill's or a charge's state in words. */
export function StatusChip({ code }: { code: string }) {
  const nameOf = useCodeNames()
  return <Chip tone={TONES[code] ?? 'warn'}>{nameOf(`status.bill.${code}`)}</Chip>
}
