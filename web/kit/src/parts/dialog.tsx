import { Drawer, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useKitText } from '../messages/messages.tsx'
import { ActionIcon } from './controls.ts'
import styles from './dialog.module.css'
import { Icon } from './icon.tsx'

export interface DialogProps {
  /** Names the dialog; shown as its heading unless `bare`. */
  title: string
  onClose: () => void
  size?: 'md' | 'lg'
  /** Without heading, padding and close button. */
  bare?: boolean
  /** Only an act inside closes it: neither Escape nor a click beside it. */
  firm?: boolean
  children: ReactNode
}

/**
 * A window over the page: keeps the focus inside and gives it back. The page behind is kept from scrolling by the style
 * sheet; the library's own lock would write a style element, which the content security policy refuses.
 */
export function Dialog({ title, onClose, size = 'md', bare = false, firm = false, children }: DialogProps) {
  return (
    <Modal.Root
      opened
      lockScroll={false}
      onClose={onClose}
      size={size}
      centered={!bare}
      yOffset="10vh"
      closeOnEscape={!firm}
      closeOnClickOutside={!firm}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={title}>
        {!bare && <Heading title={title} onClose={firm ? undefined : onClose} />}
        <Modal.Body p={bare ? 0 : 'md'}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** A panel that slides in from the left: the places on a phone. */
export function SideDrawer({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Drawer.Root opened lockScroll={false} onClose={onClose} size="xs">
      <Drawer.Overlay />
      <Drawer.Content aria-label={title}>
        <Heading title={title} onClose={onClose} />
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Heading({ title, onClose }: { title: string; onClose: (() => void) | undefined }) {
  const text = useKitText()
  return (
    <div className={styles.heading}>
      <h2>{title}</h2>
      {onClose && (
        <ActionIcon aria-label={text('kit.close')} onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      )}
    </div>
  )
}
