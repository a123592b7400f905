import './styles.ts'

export { type Api, createApi, type Input, newIdempotencyKey, type Operation } from './api/client.ts'
export { ApiProblem, asProblem, type ProblemField } from './api/problem.ts'
export {
  createSessionStore,
  type Session,
  type SessionState,
  type SessionStore,
  useSessionState,
} from './api/session.ts'
export { type CsvCell, downloadBlob, downloadText, toCsv } from './format/csv.ts'
export * from './format/day.ts'
export * from './format/decimal.ts'
export {
  type Catalogue,
  type CatalogueLoaders,
  MessagesProvider,
  type Text,
  useCodeNames,
  useLanguage,
  useMessages,
} from './messages/messages.tsx'
export { Announcer, announce } from './parts/announcer.tsx'
export { Chip, type Tone } from './parts/chip.tsx'
export * from './parts/controls.ts'
export { CopyButton, CopyLink } from './parts/copy-button.tsx'
export { Dialog, type DialogProps, SideDrawer } from './parts/dialog.tsx'
export { EmptyState } from './parts/empty-state.tsx'
export { type Fact, Facts } from './parts/facts.tsx'
export { Icon, type IconName } from './parts/icon.tsx'
export { Placeholder, Progress } from './parts/loading.tsx'
export { Card, Page, type PageProps, useTitle } from './parts/page.tsx'
export { PreferenceControls } from './parts/preferences-menu.tsx'
export { ProblemNotice } from './parts/problem-notice.tsx'
export { useShortcut } from './parts/shortcuts.ts'
export { SidePanel } from './parts/side-panel.tsx'
export { type TabLink, TabLinks } from './parts/tabs.tsx'
export { Timeline, type TimelineDay, type TimelineEntry } from './parts/timeline.tsx'
export { ChipGroup, ToggleChip } from './parts/toggle-chip.tsx'
export { type Column, DataTable, type DataTableProps } from './table/data-table.tsx'
export { setPreference, usePreferences } from './theme/preferences.ts'
export { ThemeProvider } from './theme/provider.tsx'
