import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { IntlProvider, useIntl } from 'react-intl'
import type { Language } from '../format/day.ts'
import { usePreferences } from '../theme/preferences.ts'
import type en from './en.json'

export type Catalogue = Record<string, string>
export type CatalogueLoaders = Record<Language, () => Promise<{ default: Catalogue }>>
export type Text<Id extends string> = (id: Id, values?: Record<string, string | number>) => string

const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' }
const own: CatalogueLoaders = { en: () => import('./en.json'), es: () => import('./es.json') }

/** The language of the catalogue on screen; it follows the chosen one as soon as that is loaded. */
const ShownLanguage = createContext<Language>('en')

/** This will load the chosen language's messages, the application's beside the kit's, and show nothing before. */
export function MessagesProvider({ loaders, children }: { loaders: CatalogueLoaders; children: ReactNode }) {
  const { language } = usePreferences()
  const [loaded, setLoaded] = useState<{ language: Language; messages: Catalogue }>()
  useEffect(() => {
    let stale = false
    Promise.all([own[language](), loaders[language]()]).then(([kit, app]) => {
      if (!stale) setLoaded({ language, messages: { ...kit.default, ...app.default } })
    })
    return () => {
      stale = true
    }
  }, [language, loaders])
  if (!loaded) return null
  return (
    <IntlProvider locale={LOCALES[loaded.language]} messages={loaded.messages}>
      <ShownLanguage value={loaded.language}>{children}</ShownLanguage>
    </IntlProvider>
  )
}

/** This will give the function that words a message of an application's catalogue. */
export function useMessages<Id extends string>(): Text<Id> {
  const intl = useIntl()
  return useMemo(() => (id, values) => intl.formatMessage({ id }, values), [intl])
}

/** This will give the function that words a code (`status.bill.frozen`); one without a message is shown as it is. */
export function useCodeNames(): (id: string) => string {
  const intl = useIntl()
  return useMemo(
    () => (id) => {
      if (id in intl.messages) return intl.formatMessage({ id })
      return id.slice(id.lastIndexOf('.') + 1).replaceAll('_', ' ')
    },
    [intl],
  )
}

/** This will give the function that words a message of the kit. */
export const useKitText = useMessages<keyof typeof en>

/** This will tell the language on screen. */
export function useLanguage(): Language {
  return useContext(ShownLanguage)
}
