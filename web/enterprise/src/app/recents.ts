import { useEffect } from 'react'

export interface Recent {
  title: string
  subtitle: string
  href: string
}

const KEY = 'billwright.recents'
const KEPT = 6

/** This will give the records looked at last in this tab, latest first. Names stay in the tab: they are personal data. */
export function recents(): Recent[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Recent[]
  } catch {
    return []
  }
}

/** This will remember that a record was looked at. */
export function useRecent(recent: Recent | undefined): void {
  const { title, subtitle, href } = recent ?? {}
  useEffect(() => {
    if (!title || subtitle === undefined || !href) return
    const others = recents().filter((other) => other.href !== href)
    try {
      sessionStorage.setItem(KEY, JSON.stringify([{ title, subtitle, href }, ...others].slice(0, KEPT)))
    } catch {}
  }, [title, subtitle, href])
}
