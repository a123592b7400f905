import type { ReactNode } from 'react'
import styles from './toggle-chip.module.css'

/** A choice among a few, or one of several filters. */
export function ToggleChip({
  pressed,
  onClick,
  children,
}: {
  pressed: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} onClick={onClick}>
      {children}
    </button>
  )
}

/** Chips that belong together. */
export function ChipGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.group} role="toolbar" aria-label={label} data-print="no">
      {children}
    </div>
  )
}
