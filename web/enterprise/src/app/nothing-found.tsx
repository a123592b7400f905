import { EmptyState } from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import { useText } from '../messages/index.ts'

/** Says what was tried and offers the next step. */
export function NothingFound({ words, onLeave }: { words: string; onLeave?: () => void }) {
  const text = useText()
  const digits = words.replaceAll(/\D/g, '')
  return (
    <EmptyState icon="search" title={text('find.none', { words })}>
      <p>{text(digits.length > 3 ? 'find.none.number' : 'find.none.words')}</p>
      <p>
        {digits.length > 5 && digits !== words && (
          <Link to="/find" hash={digits.slice(-6)} {...(onLeave ? { onClick: onLeave } : {})}>
            {text('find.none.lastDigits', { digits: digits.slice(-6) })}
          </Link>
        )}{' '}
        <Link to="/work" {...(onLeave ? { onClick: onLeave } : {})}>
          {text('find.none.work')}
        </Link>
      </p>
    </EmptyState>
  )
}
