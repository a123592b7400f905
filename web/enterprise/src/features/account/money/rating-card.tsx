import { Card, Chip, useCodeNames } from '@billwright/kit'
import type { AccountCollection } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'

/** The score of the billing account and what counts in it. */
export function RatingCard({ rating }: { rating: AccountCollection['rating'] }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  return (
    <Card title={text('money.rating')}>
      <p className={styles.score}>
        <span data-testid="credit-score">{rating.score}</span>
        {rating.depositDueFlag === 'Y' && <Chip tone="warn">{text('money.rating.deposit')}</Chip>}
        {rating.cashOnlyFlag === 'Y' && <Chip tone="bad">{text('money.rating.cashOnly')}</Chip>}
      </p>
      {!rating.events.length && <p className={styles.quiet}>{text('money.rating.none')}</p>}
      <ul className={styles.list}>
        {rating.events.map((event) => (
          <li className={styles.line} key={event.kindCode + event.startDate + event.points}>
            <span className={styles.lineTitle}>
              <strong>{nameOf(`money.credit.${event.kindCode}`)}</strong>
              <span className="tabular">{text('money.rating.points', { points: event.points })}</span>
            </span>
            <span className={styles.quiet}>
              {text('money.protection.period', {
                start: words.day(event.startDate),
                end: words.day(event.endDate),
              })}
              {event.note && ` · ${event.note}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
