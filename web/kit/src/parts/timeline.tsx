import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './timeline.module.css'

export interface TimelineEntry {
  key: string
  icon: IconName
  title: ReactNode
  detail?: ReactNode
  /** At the end of the row: an amount. */
  figure?: ReactNode
  current?: boolean
}

export interface TimelineDay {
  heading: string
  entries: readonly TimelineEntry[]
}

/** What happened, grouped by day, latest first. */
export function Timeline({ days }: { days: readonly TimelineDay[] }) {
  return (
    <ol className={styles.timeline}>
      {days.map((day) => (
        <li key={day.heading}>
          <h3 className={styles.day}>{day.heading}</h3>
          <ol>
            {day.entries.map((entry) => (
              <li key={entry.key} className={styles.entry} data-current={entry.current}>
                <span className={styles.mark}>
                  <Icon name={entry.icon} size={16} />
                </span>
                <div className={styles.words}>
                  <div>{entry.title}</div>
                  {entry.detail && <div className={styles.detail}>{entry.detail}</div>}
                </div>
                {entry.figure && <div className={styles.figure}>{entry.figure}</div>}
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}
