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
  return (
    <Card title={text('money.protections')}>
      {!protections.length && !obstacles.length && (
        <p className={styles.quiet}>{text('money.protections.none')}</p>
      )}
      <ul className={styles.list}>
        {protections.map((protection) => (
          <ProtectionLine key={protection.protectionNumber} protection={protection} />
        ))}
        {obstacles.map((obstacle) => (
          <ObstacleLine key={obstacle.sourceCode + obstacle.name} obstacle={obstacle} />
        ))}
      </ul>
    </Card>
  )
}

function ProtectionLine({ protection }: { protection: ProtectionsCardProps['protections'][number] }) {
  const text = useText()
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
      <Grounds startDate={startDate} endDate={endDate} evidence={evidence} />
    </li>
  )
}

function ObstacleLine({ obstacle }: { obstacle: ProtectionsCardProps['obstacles'][number] }) {
  const nameOf = useCodeNames()
  const { sourceCode, forbidsCode, name, reason, startDate, endDate, evidence } = obstacle
  return (
    <li className={styles.line}>
      <span className={styles.lineTitle}>
        <strong>{name || nameOf(`money.obstacle.${sourceCode}`)}</strong>
        <Chip tone="warn">{nameOf(`money.forbids.${forbidsCode}`)}</Chip>
      </span>
      {reason && <span>{reason}</span>}
      <Grounds startDate={startDate} endDate={endDate} evidence={evidence} />
    </li>
  )
}

/** From when to when, and what it rests on. */
function Grounds({ startDate, endDate, evidence }: { startDate: string; endDate: string; evidence: string }) {
  const text = useText()
  const words = useWords()
  const start = words.day(startDate)
  return (
    <>
      {startDate && (
        <span className={styles.quiet}>
          {endDate
            ? text('money.protection.period', { start, end: words.day(endDate) })
            : text('money.protection.open', { start })}
        </span>
      )}
      {evidence && (
        <span className={styles.quiet}>
          {text('money.evidence')}: {words.prose({ en: evidence, es: evidence })}
        </span>
      )}
    </>
  )
}
