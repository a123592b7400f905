import {
  Card,
  centsToDecimal,
  decimalToCents,
  formatMoney,
  Placeholder,
  ProblemNotice,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import type { BillDifference as Difference } from '../../api/client.gen.ts'
import type { BillKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import styles from './bill-difference.module.css'
import { differenceQuery } from './bill-queries.ts'

/** Why a bill is higher or lower than another: one sentence, then every cause with its money, which sum to the change. */
export function BillDifference({ billKey, otherBillId }: { billKey: BillKey; otherBillId: string }) {
  const text = useText()
  const difference = useQuery(differenceQuery(billKey, otherBillId))
  return (
    <Card title={text('difference.title')}>
      {difference.error && (
        <ProblemNotice
          what={text('difference.problem')}
          error={difference.error}
          retry={() => difference.refetch()}
        />
      )}
      {difference.isLoading && <Placeholder height={120} />}
      {difference.data && <Causes difference={difference.data} />}
    </Card>
  )
}

function Causes({ difference }: { difference: Difference }) {
  const text = useText()
  const words = useWords()
  const change = Number(difference.differenceAmount)
  const causes = settled(difference.causes)
  const [largest] = causes.toSorted((a, b) => Math.abs(Number(b.amount)) - Math.abs(Number(a.amount)))
  const most = Math.abs(Number(largest?.amount ?? 0)) || 1
  const before = words.period(difference.otherStartDate, difference.otherEndDate)
  return (
    <>
      <p className={styles.sentence}>
        {text(change === 0 ? 'difference.same' : change > 0 ? 'difference.more' : 'difference.less', {
          amount: formatMoney(difference.differenceAmount.replace('-', '')),
          before,
          cause: largest ? text(reasonOf(largest)) : '',
        })}
      </p>
      <table className={styles.causes}>
        <tbody>
          <Row label={before} amount={difference.otherAmount} />
          {causes.map((cause) => (
            <tr key={cause.causeCode + cause.accountNumber}>
              <th scope="row">{text(`difference.cause.${cause.causeCode}`)}</th>
              <td className={styles.track} aria-hidden="true">
                <span
                  data-down={Number(cause.amount) < 0}
                  style={{ width: `${(Math.abs(Number(cause.amount)) / most) * 50}%` }}
                />
              </td>
              <td className={styles.amount}>{signed(cause.amount)}</td>
            </tr>
          ))}
          <Row label={text('difference.this')} amount={difference.amount} />
        </tbody>
      </table>
    </>
  )
}

function reasonOf({ causeCode, amount }: Difference['causes'][number]) {
  if (causeCode !== 'usage') return `difference.because.${causeCode}` as const
  return Number(amount) > 0 ? 'difference.because.usage.more' : 'difference.because.usage.less'
}

/** What was owed before and what was paid since are one cause, which is none when all was paid. */
function settled(causes: Difference['causes']): Difference['causes'] {
  const isBalance = ({ causeCode }: Difference['causes'][number]) =>
    causeCode === 'previous' || causeCode === 'credits'
  const cents = causes.filter(isBalance).reduce((sum, cause) => sum + decimalToCents(cause.amount), 0)
  const others = causes.filter((cause) => !isBalance(cause))
  if (cents === 0) return others
  return [...others, { causeCode: 'previous', accountNumber: '', amount: centsToDecimal(cents) }]
}

function Row({ label, amount }: { label: string; amount: string }) {
  return (
    <tr className={styles.end}>
      <th scope="row">{label}</th>
      <td aria-hidden="true" />
      <td className={styles.amount}>{formatMoney(amount)}</td>
    </tr>
  )
}

function signed(amount: string): string {
  return `${Number(amount) > 0 ? '+' : ''}${formatMoney(amount)}`
}
