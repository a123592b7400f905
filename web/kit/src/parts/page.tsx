import { type ReactNode, useEffect } from 'react'
import styles from './page.module.css'

export interface PageProps {
  /** Goes into the document's title, which names the product once. */
  title: string
  /** Heading when it differs from the title. */
  heading?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  wide?: boolean
  /** The heading is part of the children. */
  bare?: boolean
  children: ReactNode
}

/** One screen: a unique document title and one first-level heading. */
export function Page({ title, heading, lead, actions, bare = false, children }: PageProps) {
  useTitle(title)
  if (bare) return <div className={styles.page}>{children}</div>
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1>{heading ?? title}</h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && (
          <div className={styles.actions} data-print="no">
            {actions}
          </div>
        )}
      </header>
      {children}
    </div>
  )
}

/** This will put a title on the document. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Billwright`
  }, [title])
}

/** A surface with a second-level heading. */
export function Card({
  title,
  actions,
  children,
}: {
  title?: string
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.card} aria-label={title}>
      {title && (
        <div className={styles.cardHeader}>
          <h2>{title}</h2>
          {actions && <span data-print="no">{actions}</span>}
        </div>
      )}
      {children}
    </section>
  )
}
