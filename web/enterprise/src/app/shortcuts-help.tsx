import { Dialog } from '@billwright/kit'
import { useText } from '../messages/index.ts'
import styles from './shell.module.css'

const SHORTCUTS = [
  { keys: ['/'], id: 'find' },
  { keys: ['Ctrl', 'K'], id: 'palette' },
  { keys: ['?'], id: 'help' },
  { keys: ['Esc'], id: 'close' },
  { keys: ['←', '→'], id: 'chart' },
  { keys: ['J', 'K'], id: 'work' },
] as const

/** What the keyboard can do. */
export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const text = useText()
  return (
    <Dialog title={text('help.title')} onClose={onClose}>
      <dl className={styles.shortcuts} data-testid="shortcuts">
        {SHORTCUTS.map(({ keys, id }) => (
          <div key={id}>
            <dt>{text(`help.${id}`)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
