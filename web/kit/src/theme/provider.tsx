import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { setPreference, type ThemeChoice, usePreferences } from './preferences.ts'
import { theme } from './theme.ts'

/** This will give everything below it the theme. The style sheets are files: nothing is written into the page. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { theme: choice } = usePreferences()
  return (
    <MantineProvider
      key={choice}
      theme={theme}
      withCssVariables={false}
      withGlobalClasses={false}
      colorSchemeManager={remembered(choice)}
    >
      {children}
    </MantineProvider>
  )
}

function remembered(choice: ThemeChoice): MantineColorSchemeManager {
  return {
    get: () => choice,
    set: (value) => setPreference('theme', value),
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {},
  }
}
