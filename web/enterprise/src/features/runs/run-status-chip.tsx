import { Chip, type Tone } from '@billwright/kit'
import type { BillRun } from '../../api/client.gen.ts'
import { useText } from '../../messages/index.ts'

const TONES: Record<BillRun['statusCode'], Tone> = {
  planning: 'info',
  running: 'info',
  paused: 'warn',
  complete: 'good',
  cancelled: 'neutral',
}

export function RunStatusChip({ status }: { status: BillRun['statusCode'] }) {
  const text = useText()
  return <Chip tone={TONES[status]}>{text(`status.run.${status}`)}</Chip>
}
