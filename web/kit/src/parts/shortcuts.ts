import { useEffect } from 'react'

/** `/`, `?`, or `mod+k` (Ctrl, or Command on a Mac). */
export type Shortcut = string

/** This will run an action on a key, except while somebody is typing (a `mod+` shortcut works there too). */
export function useShortcut(shortcut: Shortcut, action: () => void): void {
  useEffect(() => {
    const withModifier = shortcut.startsWith('mod+')
    const key = withModifier ? shortcut.slice(4) : shortcut
    const listen = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey
      if (event.key.toLowerCase() !== key || modified !== withModifier || event.altKey) return
      if (!withModifier && isTyping(event.target)) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [shortcut, action])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
