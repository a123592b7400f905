import { Icon, type IconName } from '@billwright/kit'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import styles from './choice-list.module.css'

export interface Choice {
  key: string
  group: string
  icon: IconName
  title: string
  subtitle?: string
  /** Why it is listed: the field that matched and its value. */
  matched?: string
  run: (newTab: boolean) => void
}

/** A text box over a list: arrow keys move, Enter takes, the box keeps the focus (WAI-ARIA combobox with a listbox). */
export function useChoices(choices: readonly Choice[], onEnterWithout: () => void) {
  const [active, setActive] = useState(0)
  const listId = useId()
  const keys = choices.map((choice) => choice.key).join()
  useEffect(() => setActive(0), [keys])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && choices.length) {
      event.preventDefault()
      setActive((active + step + choices.length) % choices.length)
    }
    if (event.key !== 'Enter') return
    event.preventDefault()
    const chosen = choices[active]
    if (chosen) chosen.run(event.ctrlKey || event.metaKey)
    else onEnterWithout()
  }
  const chosen = choices[active]
  const inputProps = {
    role: 'combobox',
    'aria-expanded': choices.length > 0,
    'aria-controls': listId,
    'aria-autocomplete': 'list' as const,
    'aria-activedescendant': chosen ? optionId(listId, chosen) : undefined,
    onKeyDown,
  }
  return { inputProps, listId, active, setActive }
}

function optionId(listId: string, choice: Choice): string {
  return `${listId}-${choice.key}`
}

interface ChoiceListProps {
  label: string
  listId: string
  choices: readonly Choice[]
  active: number
  onActive: (index: number) => void
}

export function ChoiceList({ label, listId, choices, active, onActive }: ChoiceListProps) {
  const groups = [...new Set(choices.map((choice) => choice.group))]
  return (
    <div id={listId} role="listbox" aria-label={label} className={styles.list}>
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: options are grouped by role inside a listbox
        <div key={group} role="group" aria-label={group}>
          <div className={styles.group} aria-hidden="true">
            {group}
          </div>
          {choices.map((choice, index) =>
            choice.group === group ? (
              <Option
                key={choice.key}
                id={optionId(listId, choice)}
                choice={choice}
                selected={index === active}
                onPoint={() => onActive(index)}
              />
            ) : null,
          )}
        </div>
      ))}
    </div>
  )
}

interface OptionProps {
  id: string
  choice: Choice
  selected: boolean
  onPoint: () => void
}

function Option({ id, choice, selected, onPoint }: OptionProps) {
  useEffect(() => {
    if (selected) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }, [id, selected])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text box handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text box
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.option}
      onMouseMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => choice.run(event.ctrlKey || event.metaKey)}
    >
      <span className={styles.mark}>
        <Icon name={choice.icon} />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{choice.title}</span>
        {choice.subtitle && <span className={styles.subtitle}>{choice.subtitle}</span>}
      </span>
      {choice.matched && <span className={styles.matched}>{choice.matched}</span>}
    </div>
  )
}
