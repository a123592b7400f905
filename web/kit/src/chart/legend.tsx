import styles from './chart-frame.module.css'
import { type Series, Swatch } from './pattern.tsx'

export interface LegendEntry {
  label: string
  series: Series
  estimated?: boolean
  ghost?: boolean
}

/** What each fill stands for. */
export function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className={styles.legend}>
      {entries.map(({ label, ...swatch }) => (
        <li key={label}>
          <Swatch {...swatch} />
          {label}
        </li>
      ))}
    </ul>
  )
}
