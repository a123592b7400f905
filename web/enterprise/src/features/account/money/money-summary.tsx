import {
  Card,
  Chip,
  type Column,
  DataTable,
  decimalToCents,
  formatMoney,
  useCodeNames,
} from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import type { AccountMoney, AccountOverview, MoneyHolder } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import styles from './money.module.css'
import { useMoneyReason } from './money-reason.ts'

/** Asked for now and put off make what is owed, why they differ, and on which agreements. */
export function MoneySummary({ money, account }: { money: AccountMoney; account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  const reason = useMoneyReason(money)
  const isPastDue = decimalToCents(money.pastDueAmount) > 0
  return (
    <Card title={text('money.title')} actions={<span className={styles.quiet}>{text('money.scope')}</span>}>
      <dl className={styles.sum} data-testid="money-sum">
        <div data-strong="true">
          <dt>{text('money.asked')}</dt>
          <dd data-testid="money-asked">{formatMoney(money.currentBalanceAmount)}</dd>
        </div>
        <div data-sign="+">
          <dt>{text('money.putOff')}</dt>
          <dd data-testid="money-put-off">{formatMoney(money.putOffAmount)}</dd>
        </div>
        <div data-sign="=">
          <dt>{text('money.owed')}</dt>
          <dd data-testid="money-owed">{formatMoney(money.balanceAmount)}</dd>
        </div>
      </dl>
      <p className={styles.reason} data-testid="money-reason">
        {reason}
      </p>
      <p className={styles.dues}>
        {isPastDue && (
          <Chip tone="bad" icon="warning">
            {text('money.pastDueNow', { amount: formatMoney(money.pastDueAmount) })}
          </Chip>
        )}
        {money.nextDueDate && (
          <Chip tone="neutral">
            {text('money.nextDue', {
              amount: formatMoney(money.nextDueAmount),
              day: words.day(money.nextDueDate),
            })}
          </Chip>
        )}
      </p>
      {money.holders.length > 1 && <Holders holders={money.holders} account={account} />}
    </Card>
  )
}

function Holders({ holders, account }: { holders: readonly MoneyHolder[]; account: AccountOverview }) {
  const text = useText()
  const nameOf = useCodeNames()
  const nameOfHolder = ({ kindCode, debtClassCode, accountNumber }: MoneyHolder) => {
    if (debtClassCode === 'bankruptcy') return text('money.holder.frozen')
    if (kindCode === 'service' && accountNumber === account.accountNumber) return text('money.holder.this')
    return nameOf(`money.kind.${kindCode}`)
  }
  const amount = (
    id: string,
    header: string,
    pick: (holder: MoneyHolder) => string,
  ): Column<MoneyHolder> => ({
    id,
    header,
    unit: 'USD',
    numeric: true,
    value: pick,
    cell: (holder) => formatMoney(pick(holder)),
  })
  const held = holders.some((holder) => decimalToCents(holder.heldAmount) !== 0)
  const columns: Column<MoneyHolder>[] = [
    { id: 'what', header: text('money.holder'), value: nameOfHolder },
    {
      id: 'account',
      header: text('account.number'),
      value: (holder) => holder.accountNumber,
      cell: (holder) =>
        holder.kindCode === 'service' && holder.accountNumber !== account.accountNumber ? (
          <Link
            to="/accounts/$accountKey"
            params={{ accountKey: holder.accountNumber }}
            search={{ tab: 'money' }}
          >
            {holder.accountNumber}
          </Link>
        ) : (
          holder.accountNumber
        ),
    },
    amount('asked', text('money.asked'), (holder) => holder.currentBalanceAmount),
    amount('pastDue', text('money.pastDueShort'), (holder) => holder.pastDueAmount),
    amount('putOff', text('money.putOff'), (holder) => holder.putOffAmount),
    ...(held ? [amount('held', text('money.held'), (holder: MoneyHolder) => holder.heldAmount)] : []),
  ]
  return (
    <div className={styles.table}>
      <DataTable
        caption={text('money.holders')}
        columns={columns}
        rows={holders}
        rowKey={(holder) => holder.accountNumber}
        csvName={`money-${account.accountNumber}`}
      />
    </div>
  )
}
