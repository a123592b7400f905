import type { ReactNode } from 'react'
import styles from './tabs.module.css'

export interface TabLink {
  id: string
  /** A router link; its element gets the tab's looks. */
  link: (props: { className: string; 'aria-current': 'page' | undefined }) => ReactNode
}

/** Tabs that are addresses: links in a navigation, the open one marked as the current page. */
export function TabLinks({
  label,
  tabs,
  current,
}: {
  label: string
  tabs: readonly TabLink[]
  current: string
}) {
  return (
    <nav className={styles.tabs} aria-label={label} data-print="no">
      {tabs.map(({ id, link }) => (
        <span key={id}>
          {link({ className: styles.tab ?? '', 'aria-current': id === current ? 'page' : undefined })}
        </span>
      ))}
    </nav>
  )
}
