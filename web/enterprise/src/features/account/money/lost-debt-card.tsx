import { Card, Chip, formatMoney, useCodeNames } from '@billwright/kit'
import type { AccountCollection } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'

/** Debt that a bankruptcy froze, that was written off, or that an agency collects; nothing when there is none. */
export function LostDebtCard({ collection }: { collection: AccountCollection }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { bankruptcies, writeOffs, referrals } = collection
  if (!bankruptcies.length && !writeOffs.length && !referrals.length) return null
  return (
    <Card title={text('money.lost')}>
      <ul className={styles.list}>
        {bankruptcies.map((one) => (
          <li className={styles.line} key={one.caseNumber}>
            <span className={styles.lineTitle}>
              <strong>{text('money.bankruptcy', { chapter: one.chapterCode })}</strong>
              <Chip tone={one.statusCode === 'filed' ? 'bad' : 'neutral'}>
                {nameOf(`money.bankruptcy.${one.statusCode}`)}
              </Chip>
            </span>
            <span>{text('money.frozen', { amount: formatMoney(one.frozenAmount) })}</span>
            <span className={styles.quiet}>
              {text('money.bankruptcy.case', { number: one.caseNumber, day: words.day(one.filedDate) })}
            </span>
            <span className={styles.quiet}>
              {text('money.evidence')}: {words.prose({ en: one.evidence, es: one.evidence })}
            </span>
          </li>
        ))}
        {writeOffs.map((one) => (
          <li className={styles.line} key={one.writeOffId} data-over={one.statusCode === 'dismissed'}>
            <span className={styles.lineTitle}>
              <strong>{nameOf(`money.writeOff.${one.kindCode}`)}</strong>
              <Chip tone={one.statusCode === 'active' ? 'bad' : 'neutral'}>
                {nameOf(`money.writeOffStatus.${one.statusCode}`)}
              </Chip>
            </span>
            <span>
              {text('money.writeOff.of', {
                amount: formatMoney(one.amount),
                account: one.accountNumber,
                day: words.day(one.date),
              })}
            </span>
            {one.dismissReason && <span className={styles.quiet}>{one.dismissReason}</span>}
          </li>
        ))}
        {referrals.map((one) => (
          <li
            className={styles.line}
            key={one.agencyCode + one.referredDate}
            data-over={Boolean(one.recalledDate)}
          >
            <span className={styles.lineTitle}>
              <strong>{text('money.agency', { agency: one.agencyCode })}</strong>
              {one.recalledDate && <Chip>{text('money.agency.recalled')}</Chip>}
            </span>
            <span>
              {formatMoney(one.amount)} · {words.day(one.referredDate)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
