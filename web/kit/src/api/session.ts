import { useSyncExternalStore } from 'react'

export interface Session {
  token: string
  client: string
  userName: string
}

/** `expired`: the server no longer takes the token; requests wait until the person has signed in again or left. */
export type SessionState =
  | { kind: 'none' }
  | { kind: 'open'; session: Session }
  | { kind: 'expired'; session: Session }

/** One tab's session. It lives in the tab's session storage, so that it ends with the tab. */
export interface SessionStore {
  state(): SessionState
  open(session: Session): void
  expire(): void
  close(): void
  /** Settles once an expired session is open again; `false` when the person left instead. */
  renewed(): Promise<boolean>
  subscribe(listener: () => void): () => void
}

/** This will make a session store that remembers under `key`. */
export function createSessionStore(key: string): SessionStore {
  let state: SessionState = recall(key)
  const listeners = new Set<() => void>()
  const change = (next: SessionState) => {
    state = next
    remember(key, next)
    for (const listener of [...listeners]) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    state: () => state,
    open: (session) => change({ kind: 'open', session }),
    expire: () => {
      if (state.kind === 'open') change({ kind: 'expired', session: state.session })
    },
    close: () => change({ kind: 'none' }),
    renewed: () =>
      new Promise((resolve) => {
        const stop = subscribe(() => {
          if (state.kind === 'expired') return
          stop()
          resolve(state.kind === 'open')
        })
      }),
    subscribe,
  }
}

/** This will give a store's state and follow it. */
export function useSessionState(store: SessionStore): SessionState {
  return useSyncExternalStore(store.subscribe, store.state)
}

function recall(key: string): SessionState {
  try {
    const text = sessionStorage.getItem(key)
    return text ? { kind: 'open', session: JSON.parse(text) as Session } : { kind: 'none' }
  } catch {
    return { kind: 'none' }
  }
}

function remember(key: string, state: SessionState): void {
  try {
    if (state.kind === 'none') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify(state.session))
  } catch {}
}
