import { announce } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Found } from '../api/client.gen.ts'
import { useText } from '../messages/index.ts'
import type { Choice } from './choice-list.tsx'
import { FOUND_ICONS, foundHref } from './found.ts'
import { findQuery } from './queries.ts'
import { recents } from './recents.ts'

const PAUSE_MILLISECONDS = 120

/** This will follow what is typed, after a short pause. */
export function useSettled(words: string): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words.trim()), PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [words])
  return settled
}

/** This will find records as somebody types: choices, and whether the answer is in. An answer to older words is never shown. */
export function useFinding(words: string, onLeave: () => void) {
  const text = useText()
  const open = useOpen(onLeave)
  const settled = useSettled(words)
  const { data, isFetching, error } = useQuery({
    ...findQuery(settled, 12),
    placeholderData: (before: Found[] | undefined) => (settled.length > 1 ? before : undefined),
  })
  const found = settled.length > 1 ? data : undefined
  const count = found?.length
  useEffect(() => {
    if (count !== undefined && !isFetching) announce(text('find.count', { count }))
  }, [count, isFetching, text])
  const choices = found
    ? found.map((each, index) => foundChoice(each, index, text, open))
    : recents().map((recent) => ({
        key: `recent-${recent.href}`.replaceAll(/\W/g, '-'),
        group: text('find.recent'),
        icon: 'account' as const,
        title: recent.title,
        subtitle: recent.subtitle,
        run: (newTab: boolean) => open(recent.href, newTab),
      }))
  return { choices, settled, error, none: count === 0 && !isFetching && settled === words.trim() }
}

function foundChoice(
  found: Found,
  index: number,
  text: ReturnType<typeof useText>,
  open: (href: string, newTab: boolean) => void,
): Choice {
  return {
    key: `found-${index}`,
    group: text(`find.kind.${found.kind}`),
    icon: FOUND_ICONS[found.kind],
    title: found.title,
    subtitle: found.subtitle,
    matched: `${text(`find.field.${found.matchedField}`)}: ${found.matchedValue}`,
    run: (newTab) => open(foundHref(found), newTab),
  }
}

/** This will give the function that goes to an address, here or in a new tab (which shares this tab's session). */
export function useOpen(onLeave: () => void) {
  const navigate = useNavigate()
  return (href: string, newTab: boolean) => {
    if (newTab) window.open(href, '_blank')
    else navigate({ href })
    onLeave()
  }
}
