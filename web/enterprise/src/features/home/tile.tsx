import { Link } from '@tanstack/react-router'
import styles from './tile.module.css'

export interface TileProps {
  label: string
  figure: string
  note: string
  to?: '/work' | '/runs'
  search?: Record<string, string>
  urgent?: boolean
}

/** A count and the list behind it. */
export function Tile({ label, figure, note, to, search, urgent = false }: TileProps) {
  const inside = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.figure}>{figure}</span>
      <span className={styles.note}>{note}</span>
    </>
  )
  if (!to) return <div className={styles.tile}>{inside}</div>
  return (
    <Link to={to} search={search ?? {}} className={styles.tile} data-urgent={urgent}>
      {inside}
    </Link>
  )
}
