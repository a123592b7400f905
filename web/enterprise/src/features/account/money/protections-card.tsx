import { Card, Chip, formatMoney, useCodeNames } from '@billwright/kit'
import type { AccountCollection } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'

interface ProtectionsCardProps {
  protections: AccountCollection['protections']
  obstacles: AccountCollection['obstacles']
}

/** What forbids steps of collection, on what evidence and until when. */
export function ProtectionsCard({ protections, obstacles }: ProtectionsCardProps) {
  const text = useText()
  const nameOf = useCodeNames()
  return (
    <Card title={text('money.protections')}>
      {!protections.length && !obstacles.length && (
        <p className={styles.quiet}>{text('money.protections.none')}</p>
      )}
      <ul className={styles.list}>
        {protections.map((protection) => (
          <ProtectionLine key={protection.protectionNumber} protection={protection} />
        ))}
        {obstacles.map(({ sourceCode, forbidsCode, name }) => (
          <li className={styles.line} key={sourceCode}>
            <span className={styles.lineTitle}>
              <strong>{name || nameOf(`money.obstacle.${sourceCode}`)}</strong>
              <Chip tone="warn">{nameOf(`money.forbids.${forbidsCode}`)}</Chip>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ProtectionLine({ protection }: { protection: ProtectionsCardProps['protections'][number] }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { kindCode, forbidsCode, activeFlag, amount, startDate, endDate, evidence, reason } = protection
  const isActive = activeFlag === 'Y'
  return (
    <li className={styles.line} data-over={!isActive} data-testid="protection">
      <span className={styles.lineTitle}>
        <strong>{nameOf(`money.protection.${kindCode}`)}</strong>
        <Chip tone={isActive ? 'warn' : 'neutral'}>
          {isActive ? nameOf(`money.forbids.${forbidsCode}`) : text('money.protection.over')}
        </Chip>
      </span>
      <span>
        {reason}
        {amount && ` · ${formatMoney(amount)}`}
      </span>
      <span className={styles.quiet}>
        {endDate
          ? text('money.protection.period', { start: words.day(startDate), end: words.day(endDate) })
          : text('money.protection.open', { start: words.day(startDate) })}
      </span>
      {evidence && (
        <span className={styles.quiet}>
          {text('money.evidence')}: {words.prose({ en: evidence, es: evidence })}
        </span>
      )}
    </li>
  )
}
