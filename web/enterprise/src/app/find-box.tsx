import { Icon, useShortcut } from '@billwright/kit'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useText } from '../messages/index.ts'
import { ChoiceList, useChoices } from './choice-list.tsx'
import styles from './find-box.module.css'
import { NothingFound } from './nothing-found.tsx'
import { useFinding } from './use-finding.ts'

/** One box finds anybody and anything by whatever a caller can say. */
export function FindBox() {
  const text = useText()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState('')
  const [open, setOpen] = useState(false)
  const leave = () => {
    setOpen(false)
    setWords('')
    input.current?.blur()
  }
  const { choices, none } = useFinding(words, leave)
  const shown = open ? choices : []
  const list = useChoices(shown, () => {
    if (!words.trim()) return
    navigate({ to: '/find', hash: words.trim() })
    leave()
  })
  useShortcut(
    '/',
    useCallback(() => input.current?.focus(), []),
  )
  return (
    <search
      className={styles.find}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <span className={styles.icon}>
        <Icon name="search" />
      </span>
      <input
        ref={input}
        type="search"
        className={styles.input}
        aria-label={text('find.label')}
        placeholder={text('find.placeholder')}
        value={words}
        autoComplete="off"
        spellCheck={false}
        data-testid="find"
        {...list.inputProps}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setWords(event.target.value)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave()
          else list.inputProps.onKeyDown(event)
        }}
      />
      <kbd className={styles.key}>/</kbd>
      {open && (shown.length > 0 || none) && (
        <div className={styles.popup}>
          <ChoiceList
            label={text('find.results')}
            listId={list.listId}
            choices={shown}
            active={list.active}
            onActive={list.setActive}
          />
          {none && <NothingFound words={words} onLeave={leave} />}
        </div>
      )}
    </search>
  )
}
