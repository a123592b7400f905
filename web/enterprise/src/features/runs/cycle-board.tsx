import { addDays, Button, Card, Chip, Placeholder, ProblemNotice, type Tone } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import type { BillCycle } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { cyclesQuery } from './run-queries.ts'
import styles from './runs.module.css'

type Window = BillCycle['windows'][number]
const TONES: Record<Window['statusCode'], Tone> = {
  future: 'neutral',
  open: 'warn',
  late: 'bad',
  running: 'info',
  billed: 'good',
  closed: 'neutral',
}

/** This will name a cycle's window in an address: `07.2026-08-01`. */
export function windowKey(cycle: BillCycle, window: Window): string {
  return `${cycle.billCycleCode}.${window.periodEndDate}`
}

/** This will tell whether a window waits to be billed. */
export function isDue({ statusCode }: Window): boolean {
  return statusCode === 'open' || statusCode === 'late'
}

/** Each cycle's window that is due, else its latest that has begun. */
export function CycleBoard({ onStart }: { onStart: ((windowKey: string) => void) | undefined }) {
  const text = useText()
  const cycles = useQuery(cyclesQuery)
  if (cycles.error)
    return <ProblemNotice what={text('cycles.problem')} error={cycles.error} retry={() => cycles.refetch()} />
  if (!cycles.data) return <Placeholder height={96} />
  return (
    <Card title={text('cycles.title')}>
      <ul className={styles.cycles}>
        {cycles.data.map((cycle) => (
          <CycleRow key={cycle.billCycleCode} cycle={cycle} onStart={onStart} />
        ))}
      </ul>
    </Card>
  )
}

function CycleRow({
  cycle,
  onStart,
}: {
  cycle: BillCycle
  onStart: ((windowKey: string) => void) | undefined
}) {
  const text = useText()
  const words = useWords()
  const window = oldestOpen(cycle) ?? cycle.windows.find(({ statusCode }) => statusCode !== 'future')
  if (!window) return null
  const through = words.day(addDays(window.periodEndDate, -1))
  return (
    <li className={styles.cycle}>
      <div>
        <strong>{cycle.name || cycle.billCycleCode}</strong>
        <p>{text('cycle.counts', { accounts: Number(cycle.accountsNumber), through })}</p>
      </div>
      <Chip tone={TONES[window.statusCode]}>{text(`status.window.${window.statusCode}`)}</Chip>
      {onStart && isDue(window) && (
        <Button
          variant="default"
          size="sm"
          aria-label={text('cycle.startOf', { cycle: cycle.name || cycle.billCycleCode })}
          onClick={() => onStart(windowKey(cycle, window))}
        >
          {text('cycle.start')}
        </Button>
      )}
    </li>
  )
}

function oldestOpen(cycle: BillCycle): Window | undefined {
  return cycle.windows.findLast((window) => isDue(window) || window.statusCode === 'running')
}
