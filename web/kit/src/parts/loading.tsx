import { useKitText } from '../messages/messages.tsx'
import styles from './loading.module.css'

/** A grey stand-in of the size of what will come, so that nothing jumps. */
export function Placeholder({ height, lines = 1 }: { height: number; lines?: number }) {
  const text = useKitText()
  return (
    <div className={styles.stack} role="status" data-loading>
      <span className="visually-hidden">{text('kit.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.block} style={{ height }} />
      ))}
    </div>
  )
}

export interface ProgressProps {
  label: string
  done: number
  total: number
  paused?: boolean
}

/** A determinate bar of `done` of `total`. */
export function Progress({ label, done, total, paused = false }: ProgressProps) {
  const percent = total > 0 ? Math.floor((done / total) * 100) : 0
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${percent} %`}
      data-testid="progress"
    >
      <div className={styles.fill} data-paused={paused} style={{ width: `${percent}%` }} />
    </div>
  )
}
