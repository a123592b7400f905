import {
  ActionIcon,
  Button,
  Icon,
  type IconName,
  Popover,
  PreferenceControls,
  SideDrawer,
  useShortcut,
} from '@billwright/kit'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { type MessageId, useText } from '../messages/index.ts'
import { FindBox } from './find-box.tsx'
import { meQuery } from './queries.ts'
import { RoutePending } from './route-states.tsx'
import styles from './shell.module.css'
import { Brand, leave } from './sign-in.tsx'

const Palette = lazy(() => import('./palette.tsx'))
const ShortcutsHelp = lazy(() => import('./shortcuts-help.tsx'))

const PLACES: { to: string; icon: IconName; label: MessageId; permission: string }[] = [
  { to: '/', icon: 'home', label: 'nav.home', permission: 'workItem.read' },
  { to: '/work', icon: 'work', label: 'nav.work', permission: 'workItem.read' },
  { to: '/runs', icon: 'runs', label: 'nav.runs', permission: 'billRun.read' },
]

/** What is around every screen: the places on the left, the find box on top. */
export function Shell() {
  return (
    <Suspense fallback={null}>
      <SignedInShell />
    </Suspense>
  )
}

function SignedInShell() {
  const text = useText()
  const [overlay, setOverlay] = useState<'palette' | 'help' | 'places'>()
  const close = useCallback(() => setOverlay(undefined), [])
  useShortcut(
    'mod+k',
    useCallback(() => setOverlay('palette'), []),
  )
  useShortcut(
    '?',
    useCallback(() => setOverlay('help'), []),
  )
  const { pathname } = useLocation()
  const shown = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.href })
  useEffect(close, [pathname, close])
  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {text('app.skip')}
      </a>
      <aside className={styles.rail} data-print="no">
        <Link to="/" className={styles.brand}>
          <Brand />
        </Link>
        <Places />
      </aside>
      <header className={styles.top} data-print="no">
        <ActionIcon
          className={styles.menu}
          aria-label={text('nav.open')}
          onClick={() => setOverlay('places')}
        >
          <Icon name="menu" />
        </ActionIcon>
        <FindBox />
        <span className={styles.tools}>
          <ActionIcon
            className={styles.wideOnly}
            aria-label={text('help.title')}
            onClick={() => setOverlay('help')}
          >
            <Icon name="keyboard" />
          </ActionIcon>
          <UserMenu />
        </span>
      </header>
      <main id="main" tabIndex={-1} className={styles.main} data-path={shown}>
        <OfflineBanner />
        <Suspense fallback={<RoutePending />}>
          <Outlet />
        </Suspense>
      </main>
      {overlay === 'places' && (
        <SideDrawer title={text('nav.label')} onClose={close}>
          <Places />
        </SideDrawer>
      )}
      <Suspense fallback={null}>
        {overlay === 'palette' && <Palette onClose={close} />}
        {overlay === 'help' && <ShortcutsHelp onClose={close} />}
      </Suspense>
    </div>
  )
}

function Places() {
  const text = useText()
  const { data: me } = useSuspenseQuery(meQuery)
  return (
    <nav aria-label={text('nav.label')} className={styles.places}>
      {PLACES.filter(({ permission }) => me.permissions.includes(permission)).map(({ to, icon, label }) => (
        <Link
          key={to}
          to={to}
          className={styles.place}
          activeOptions={{ exact: to === '/', includeSearch: false }}
        >
          <Icon name={icon} />
          {text(label)}
        </Link>
      ))}
    </nav>
  )
}

function UserMenu() {
  const text = useText()
  const { data: me } = useSuspenseQuery(meQuery)
  const name = me.displayName || me.userName
  return (
    <Popover position="bottom-end" width={280} trapFocus shadow="md">
      <Popover.Target>
        <button type="button" className={styles.user} aria-label={text('user.menu', { name })}>
          <span className={styles.initials} data-initials={initials(name)} />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.userPanel} aria-label={text('user.menu', { name })}>
        <div className={styles.identity}>
          <strong>{name}</strong>
          <span>{me.clientName}</span>
        </div>
        <PreferenceControls />
        <Button variant="default" fullWidth leftSection={<Icon name="leave" />} onClick={leave}>
          {text('session.leave')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase()
}

function OfflineBanner() {
  const text = useText()
  const online = useSyncExternalStore(followConnection, () => navigator.onLine)
  if (online) return null
  return (
    <p role="alert" className={styles.offline}>
      {text('app.offline')}
    </p>
  )
}

function followConnection(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
