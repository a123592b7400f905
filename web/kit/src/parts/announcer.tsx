import { useEffect, useState } from 'react'

let say: (message: string) => void = () => {}

/** This will read a message to those who cannot see the change. */
export function announce(message: string): void {
  say(message)
}

/** The page's one polite live region. A message said twice is heard twice: the text is cleared in between. */
export function Announcer() {
  const [message, setMessage] = useState('')
  useEffect(() => {
    let timer = 0
    say = (next) => {
      setMessage('')
      clearTimeout(timer)
      timer = window.setTimeout(() => setMessage(next), 60)
    }
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcer">
      {message}
    </div>
  )
}
