import type { ReactNode } from 'react'
import styles from './facts.module.css'

export interface Fact {
  label: string
  value: ReactNode
  /** A figure that the eye should find first. */
  strong?: boolean
  tone?: 'bad'
}

/** Names and values side by side; large figures when `figures`. */
export function Facts({ facts, figures = false }: { facts: readonly Fact[]; figures?: boolean }) {
  return (
    <dl className={styles.facts} data-figures={figures}>
      {facts.map((fact) => (
        <div key={fact.label} className={styles.fact} data-strong={fact.strong} data-tone={fact.tone}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
