import { Dialog, setPreference, TextInput, usePreferences } from '@billwright/kit'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useText } from '../messages/index.ts'
import { type Choice, ChoiceList, useChoices } from './choice-list.tsx'
import { meQuery } from './queries.ts'
import { leave } from './sign-in.tsx'
import { useFinding, useOpen } from './use-finding.ts'

interface Action extends Omit<Choice, 'key' | 'group'> {
  id: string
  /** Other words somebody may know it by. */
  synonyms: string
  permission?: string
}

/** Runs any action the reader may run, and finds any record. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const text = useText()
  const [words, setWords] = useState('')
  const finding = useFinding(words, onClose)
  const actions = useActions(onClose).filter((action) => matches(action, words))
  const group = text('palette.actions')
  const choices = [
    ...actions.map((action) => ({ ...action, key: action.id, group })),
    ...(words.trim().length > 1 ? finding.choices : []),
  ]
  const list = useChoices(choices, () => {})
  return (
    <Dialog bare title={text('palette.label')} onClose={onClose} size="lg">
      <div data-testid="palette">
        <TextInput
          aria-label={text('palette.label')}
          placeholder={text('palette.placeholder')}
          size="lg"
          variant="unstyled"
          px="md"
          data-autofocus
          value={words}
          {...list.inputProps}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <ChoiceList
          label={text('find.results')}
          listId={list.listId}
          choices={choices}
          active={list.active}
          onActive={list.setActive}
        />
      </div>
    </Dialog>
  )
}

function matches({ title, synonyms }: Action, words: string): boolean {
  const all = `${title} ${synonyms}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}

function useActions(onClose: () => void): Action[] {
  const text = useText()
  const open = useOpen(onClose)
  const { data: me } = useSuspenseQuery(meQuery)
  const { pathname } = useLocation()
  const { language, theme } = usePreferences()
  const here = (action: () => void) => () => {
    action()
    onClose()
  }
  const go = (href: string) => (newTab: boolean) => open(href, newTab)
  const onAccount: Action[] = (['overview', 'bills', 'usage', 'plan', 'timeline'] as const).map((tab) => ({
    id: `tab-${tab}`,
    icon: 'account',
    title: text('palette.tab', { tab: text(`account.tab.${tab}`) }),
    synonyms: text('palette.tab.synonyms'),
    run: go(`${pathname}?tab=${tab}`),
  }))
  const everywhere: Action[] = [
    { id: 'home', icon: 'home', title: text('nav.home'), synonyms: '', run: go('/') },
    {
      id: 'work',
      icon: 'work',
      title: text('nav.work'),
      synonyms: text('palette.work.synonyms'),
      permission: 'workItem.read',
      run: go('/work'),
    },
    {
      id: 'runs',
      icon: 'runs',
      title: text('nav.runs'),
      synonyms: text('palette.runs.synonyms'),
      permission: 'billRun.read',
      run: go('/runs'),
    },
    {
      id: 'start-run',
      icon: 'play',
      title: text('runs.start'),
      synonyms: text('palette.runs.synonyms'),
      permission: 'billRun.manage',
      run: go('/runs?start=1'),
    },
    {
      id: 'theme',
      icon: 'settings',
      title: text(theme === 'dark' ? 'palette.light' : 'palette.dark'),
      synonyms: text('palette.theme.synonyms'),
      run: here(() => setPreference('theme', theme === 'dark' ? 'light' : 'dark')),
    },
    {
      id: 'language',
      icon: 'settings',
      title: language === 'en' ? 'Español' : 'English',
      synonyms: 'language idioma spanish english inglés',
      run: here(() => setPreference('language', language === 'en' ? 'es' : 'en')),
    },
    { id: 'leave', icon: 'leave', title: text('session.leave'), synonyms: 'log out salir', run: here(leave) },
  ]
  const all = pathname.startsWith('/accounts/') ? [...onAccount, ...everywhere] : everywhere
  return all.filter((action) => !action.permission || me.permissions.includes(action.permission))
}
