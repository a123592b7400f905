import { Facts, Progress } from '@billwright/kit'
import type { BillRun } from '../../api/client.gen.ts'
import { NONE, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { isMoving } from './run-queries.ts'
import styles from './runs.module.css'
import { useRunAnnouncements } from './use-run-announcements.ts'

/** The bar with done of total, rate, time left and money so far. */
export function RunProgress({ run }: { run: BillRun }) {
  const text = useText()
  const words = useWords()
  useRunAnnouncements(run)
  const [done, total] = [Number(run.doneNumber), Number(run.accountsNumber)]
  return (
    <div className={styles.progress}>
      <p className={styles.progressLine}>
        <strong data-testid="run-done">
          {text('run.doneOf', {
            done: words.quantity(run.doneNumber),
            total: words.quantity(run.accountsNumber),
          })}
        </strong>
        <span>{total > 0 ? `${Math.floor((done / total) * 100)} %` : NONE}</span>
      </p>
      <Progress
        label={text('run.progressOf', { number: run.billRunId })}
        done={done}
        total={total}
        paused={run.statusCode === 'paused'}
      />
      <Facts
        figures
        facts={[
          { label: text('run.amount'), value: words.money(run.billedAmount), strong: true },
          ...(run.accountsPerSecond
            ? [
                {
                  label: text('run.rate'),
                  value: text('run.perSecond', {
                    rate: words.quantity(run.accountsPerSecond, undefined, 0),
                  }),
                },
                { label: text('run.elapsed'), value: clock(run.elapsedSeconds) },
              ]
            : []),
          ...(isMoving(run) ? [{ label: text('run.left'), value: clock(run.secondsLeft) }] : []),
          ...(run.finishedAt ? [{ label: text('run.finished'), value: words.moment(run.finishedAt) }] : []),
        ]}
      />
    </div>
  )
}

/** Seconds as `1:05` or `2:03:07`; a dash while nothing is known. */
function clock(seconds: string): string {
  if (!seconds) return NONE
  const all = Number(seconds)
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const pad = (value: number) => String(value).padStart(2, '0')
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`
}
