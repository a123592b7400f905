import { type ReactNode, useEffect, useRef } from 'react'
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
  const row = useRef<HTMLElement>(null)
  useEffect(() => {
    const open = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (open && row.current) row.current.scrollLeft = open.offsetLeft - row.current.offsetLeft - 48
  }, [current])
  return (
    <nav ref={row} className={styles.tabs} aria-label={label} data-print="no">
      {tabs.map(({ id, link }) => (
        <span key={id}>
          {link({ className: styles.tab ?? '', 'aria-current': id === current ? 'page' : undefined })}
        </span>
      ))}
    </nav>
  )
}
