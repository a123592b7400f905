import { useSyncExternalStore } from 'react'
import type { Language } from '../format/day.ts'

export type ThemeChoice = 'light' | 'dark' | 'auto'
export type Density = 'comfortable' | 'compact'

export interface Preferences {
  theme: ThemeChoice
  density: Density
  language: Language
}

const KEYS: Record<keyof Preferences, string> = {
  theme: 'billwright.theme',
  density: 'billwright.density',
  language: 'billwright.language',
}

const listeners = new Set<() => void>()
let current: Preferences | undefined

/** This will give the reader's remembered choices and follow every change of them. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, readPreferences)
}

/** This will change a choice, remember it and put it on the page's root element. */
export function setPreference<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  current = { ...readPreferences(), [key]: value }
  remember(KEYS[key], value)
  applyToPage(current)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function readPreferences(): Preferences {
  current ??= {
    theme: oneOf(recall(KEYS.theme), ['light', 'dark', 'auto']) ?? 'auto',
    density: oneOf(recall(KEYS.density), ['comfortable', 'compact']) ?? 'comfortable',
    language: oneOf(document.documentElement.lang, ['en', 'es']) ?? 'en',
  }
  return current
}

function applyToPage({ density, language }: Preferences): void {
  document.documentElement.dataset.density = density
  document.documentElement.lang = language
}

function oneOf<Choice extends string>(value: string | null, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value)
}

/** Storage can be forbidden by the browser; a choice then lasts as long as the page. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {}
}
