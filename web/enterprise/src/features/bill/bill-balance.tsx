import { decimalToCents, formatCents, formatMoney, Icon } from '@billwright/kit'
import type { BillDetail } from '../../api/client.gen.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './bill-balance.module.css'
import { linesOf, sectionsOf } from './bill-sections.ts'

/** From the balance before to the amount due, and where the money of this period goes. */
export function BillBalance({ bill }: { bill: BillDetail }) {
  const text = useText()
  const words = useWords()
  return (
    <div className={styles.balance}>
      <div className={styles.due}>
        <p className={styles.label}>{text('bill.due')}</p>
        <p className={styles.amount} data-testid="amount-due">
          {words.money(bill.amountDueAmount)}
        </p>
        <p className={styles.label}>{text('bill.dueOn', { day: words.day(bill.dueDate) })}</p>
        {decimalToCents(bill.unpaidAmount || '0') === 0 && <p className={styles.paid}>{text('bill.paid')}</p>}
      </div>
      <table className={styles.ladder} aria-label={text('bill.ladder')}>
        <tbody>
          <tr>
            <th scope="row">{text('bill.previousBalance')}</th>
            <td>{formatMoney(bill.previousBalanceAmount)}</td>
          </tr>
          <Entries entries={bill.credits.filter(({ askFlag }) => askFlag === 'N')} />
          {bill.credits.length === 0 && (
            <tr>
              <th scope="row">{text('bill.credits')}</th>
              <td>{formatMoney(bill.creditsAmount)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">{text('bill.charges')}</th>
            <td>{formatMoney(bill.chargesAmount)}</td>
          </tr>
          <Entries entries={bill.credits.filter(({ askFlag }) => askFlag === 'Y')} />
          <tr className={styles.total}>
            <th scope="row">{text('bill.due')}</th>
            <td>{formatMoney(bill.amountDueAmount)}</td>
          </tr>
        </tbody>
      </table>
      <Anatomy bill={bill} />
    </div>
  )
}

/** What stands on the bill beside its charges: payments before them, what the bill itself asks for after them. */
function Entries({ entries }: { entries: BillDetail['credits'] }) {
  const words = useWords()
  return entries.map((entry) => (
    <tr key={entry.date + entry.text.en + entry.amount} className={styles.detail}>
      <th scope="row">
        {words.local(entry.text)}
        {entry.askFlag === 'N' && ` · ${words.day(entry.date)}`}
      </th>
      <td>{formatMoney(entry.amount)}</td>
    </tr>
  ))
}

/** One bar, each part labelled with its name and amount: the widths only help the eye. */
function Anatomy({ bill }: { bill: BillDetail }) {
  const text = useText()
  const sections = sectionsOf(linesOf(bill))
  const total = sections.reduce((sum, section) => sum + section.cents, 0)
  const weight = sections.reduce((sum, section) => sum + Math.max(section.cents, 0), 0)
  const agrees = total === decimalToCents(bill.chargesAmount)
  return (
    <div className={styles.anatomy}>
      <div className={styles.bar} aria-hidden="true">
        {sections.map((section) => (
          <span
            key={section.code}
            data-section={section.code}
            style={{ width: `${weight ? (Math.max(section.cents, 0) / weight) * 100 : 0}%` }}
          />
        ))}
      </div>
      <ul>
        {sections.map((section) => (
          <li key={section.code}>
            <span className={styles.key} data-section={section.code} aria-hidden="true" />
            {text(`section.${section.code}`)}{' '}
            <strong className="tabular">{formatCents(section.cents)}</strong>
          </li>
        ))}
        <li className={styles.sum} data-testid="lines-sum" data-agrees={agrees}>
          <Icon name={agrees ? 'good' : 'warning'} size={16} />
          {text(agrees ? 'bill.agrees' : 'bill.disagrees', { amount: formatCents(total) })}
        </li>
      </ul>
    </div>
  )
}
