import { Card, Chip, formatMoney, Icon, useCodeNames } from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import type { AccountPaying, MethodShown } from '../../../api/client.gen.ts'
import { billKey } from '../../../app/keys.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import type { BillsOf } from './contract-card.tsx'
import styles from './money.module.css'

/** Autopay, payments that wait for their day, and the customer's masked payment methods. */
export function PayingCard({ paying, bills }: { paying: AccountPaying; bills: BillsOf }) {
  const text = useText()
  const { autopay, methods, pending } = paying
  return (
    <Card title={text('money.paying')}>
      <div className={styles.stack}>
        {autopay ? (
          <Autopay autopay={autopay} />
        ) : (
          <p className={styles.quiet}>{text('money.autopay.none')}</p>
        )}
        {pending.length > 0 && <Pending pending={pending} bills={bills} />}
        {methods.length > 0 ? (
          <ul className={styles.list} aria-label={text('money.methods')}>
            {methods.map((method) => (
              <MethodLine key={method.methodNumber} method={method} />
            ))}
          </ul>
        ) : (
          <p className={styles.quiet}>{text('money.methods.none')}</p>
        )}
      </div>
    </Card>
  )
}

function Autopay({ autopay }: { autopay: NonNullable<AccountPaying['autopay']> }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { drawRuleCode, drawDays, limitAmount, suspendedFlag, suspendReasonCode, startDate, endDate } =
    autopay
  const days = Number(drawDays || 0)
  const rules = {
    due_date: () => text('money.draw.dueDate'),
    days_before: () => text('money.draw.daysBefore', { days }),
    fixed_day: () => text('money.draw.fixedDay', { day: days }),
  }
  return (
    <div className={styles.line} data-testid="autopay">
      <span className={styles.lineTitle}>
        <strong>{text('money.autopay')}</strong>
        <Chip tone={suspendedFlag === 'Y' ? 'bad' : 'good'}>
          {suspendedFlag === 'Y' ? text('money.autopay.suspended') : text('money.status.active')}
        </Chip>
      </span>
      <span>
        {maskedMethod(autopay.method, nameOf)} · {rules[drawRuleCode]()}
      </span>
      <span className={styles.quiet}>
        {endDate
          ? text('money.contract.over', { start: words.day(startDate), end: words.day(endDate) })
          : text('money.contract.since', { start: words.day(startDate) })}
        {limitAmount && ` · ${text('money.autopay.limit', { amount: formatMoney(limitAmount) })}`}
        {suspendReasonCode && ` · ${nameOf(`money.suspended.${suspendReasonCode}`)}`}
      </span>
    </div>
  )
}

function Pending({ pending, bills }: { pending: AccountPaying['pending']; bills: BillsOf }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  return (
    <ul className={styles.list} aria-label={text('money.pending')}>
      {pending.map((one) => (
        <li className={styles.line} key={one.requestNumber}>
          <span className={styles.lineTitle}>
            <strong>
              {one.amount ? formatMoney(one.amount) : text('money.pending.due')} · {words.day(one.drawDate)}
            </strong>
            <Chip tone={one.statusCode === 'held' ? 'warn' : 'info'}>
              {nameOf(`money.request.${one.statusCode}`)}
            </Chip>
          </span>
          <span className={styles.quiet}>
            {nameOf(`money.origin.${one.originCode}`)}
            {one.lastFour && ` · •••• ${one.lastFour}`}{' '}
            {one.billId && (
              <Link to="/bills/$billKey" params={{ billKey: billKey({ ...bills, billId: one.billId }) }}>
                {one.billNumber}
              </Link>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function MethodLine({ method }: { method: MethodShown }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { holderName, expiryDate, expiredFlag, verificationCode, defaultFlag } = method
  return (
    <li className={styles.line} data-testid="payment-method">
      <span className={styles.lineTitle}>
        <strong>
          <Icon name="payment" size={16} /> {maskedMethod(method, nameOf)}
        </strong>
        {defaultFlag === 'Y' && <Chip tone="info">{text('money.method.default')}</Chip>}
        {expiredFlag === 'Y' && <Chip tone="bad">{text('money.method.expired')}</Chip>}
        {verificationCode !== 'verified' && (
          <Chip tone="warn">{nameOf(`money.verification.${verificationCode}`)}</Chip>
        )}
      </span>
      <span className={styles.quiet}>
        {holderName}
        {expiryDate && ` · ${text('money.method.until', { day: words.day(expiryDate) })}`}
      </span>
    </li>
  )
}

function maskedMethod({ kindCode, brand, lastFour }: MethodShown, nameOf: (code: string) => string): string {
  const name = brand ? brand.charAt(0).toUpperCase() + brand.slice(1) : nameOf(`money.method.${kindCode}`)
  return `${name} •••• ${lastFour}`
}
