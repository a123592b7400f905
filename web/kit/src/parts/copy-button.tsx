import { useKitText } from '../messages/messages.tsx'
import { announce } from './announcer.tsx'
import { ActionIcon, Tooltip } from './controls.ts'
import { Icon, type IconName } from './icon.tsx'

/** Puts a value on the clipboard and says so. */
export function CopyButton({
  value,
  label,
  icon = 'copy',
}: {
  value: string
  label: string
  icon?: IconName
}) {
  const text = useKitText()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      announce(text('kit.copied'))
    } catch {
      announce(text('kit.copy.failed'))
    }
  }
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={copy} data-print="no">
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Puts the address of what is on screen (tab, filters, open panel) on the clipboard. */
export function CopyLink() {
  const text = useKitText()
  return <CopyButton value={location.href} label={text('kit.copyLink')} icon="link" />
}
