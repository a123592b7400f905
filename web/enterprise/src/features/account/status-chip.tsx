import { Chip, type Tone } from '@billwright/kit'
import { type MessageId, useText } from '../../messages/index.ts'

const TONES: Record<string, Tone> = { complete: 'good', frozen: 'good', error: 'bad', cancelled: 'neutral' }

/** A bill's or a charge's state in words. */
export function StatusChip({ code }: { code: string }) {
  const text = useText()
  return <Chip tone={TONES[code] ?? 'warn'}>{text(`status.bill.${code}` as MessageId)}</Chip>
}
