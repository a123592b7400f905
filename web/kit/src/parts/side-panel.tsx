import { type ReactNode, useEffect, useRef } from 'react'
import { useKitText } from '../messages/messages.tsx'
import { ActionIcon } from './controls.ts'
import { CopyLink } from './copy-button.tsx'
import { Icon } from './icon.tsx'
import styles from './side-panel.module.css'

export interface SidePanelProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** A detail beside its list: takes the focus when it opens, closes on Escape and gives the focus back. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const text = useKitText()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null
    return () => {
      if (opener?.isConnected) opener.focus()
    }
  }, [])
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title])
  return (
    <aside
      className={styles.panel}
      aria-label={title}
      data-testid="side-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={styles.header}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span className={styles.actions}>
          <CopyLink />
          <ActionIcon aria-label={text('kit.close')} onClick={onClose}>
            <Icon name="close" />
          </ActionIcon>
        </span>
      </div>
      <div className={styles.body}>{children}</div>
    </aside>
  )
}
