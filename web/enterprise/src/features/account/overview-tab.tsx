import { Card, Facts, Placeholder, ProblemNotice } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccountOverview } from '../../api/client.gen.ts'
import { billKey } from '../../app/keys.ts'
import { addressLine, NONE, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { billsQuery } from './account-queries.ts'
import styles from './account-tabs.module.css'
import { BillHistoryChart } from './bill-history-chart.tsx'

export interface TabProps {
  account: AccountOverview
  accountKey: string
}

export function OverviewTab({ account }: TabProps) {
  const text = useText()
  const bills = useQuery(billsQuery(account.customerId, account.billingPackageId))
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Card>
          {bills.error && (
            <ProblemNotice what={text('bills.problem')} error={bills.error} retry={() => bills.refetch()} />
          )}
          {bills.isLoading && <Placeholder height={280} />}
          {bills.data && <BillHistoryChart account={account} bills={bills.data} />}
        </Card>
        <Card title={text('account.meters')}>
          <Meters account={account} />
        </Card>
      </div>
      <div className={styles.column}>
        <LastBill account={account} />
        <Card title={text('account.customer')}>
          <CustomerFacts account={account} />
        </Card>
      </div>
    </div>
  )
}

function LastBill({ account }: { account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  const { lastBill, customerId, billingPackageId } = account
  if (!lastBill) return null
  const key = billKey({ customerId, billingPackageId, billId: lastBill.billId })
  return (
    <Card
      title={text('account.lastBill')}
      actions={
        <Link to="/bills/$billKey" params={{ billKey: key }}>
          {text('bill.open', { number: lastBill.billNumber })}
        </Link>
      }
    >
      <Facts
        figures
        facts={[
          { label: text('bill.due'), value: words.money(lastBill.amountDueAmount), strong: true },
          { label: text('bill.dueDate'), value: words.day(lastBill.dueDate) },
          { label: text('bill.date'), value: words.day(lastBill.billDate) },
        ]}
      />
    </Card>
  )
}

function CustomerFacts({ account }: { account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  const contacts = account.contacts.map((contact) => ({
    label: text(`contact.${contact.typeCode}`),
    value: contact.value,
  }))
  return (
    <Facts
      facts={[
        ...contacts,
        {
          label: text('account.mailing'),
          value: `${account.mailingName}, ${addressLine(account.mailingAddress)}`,
        },
        { label: text('account.since'), value: words.day(account.customerSinceDate) },
        { label: text('account.plan'), value: words.local(account.planName) || NONE },
        { label: text('account.cycle'), value: account.billCycleCode || NONE },
        {
          label: text('account.delivery'),
          value: text(`delivery.${deliveryOf(account.deliveryMethodCode)}`),
        },
      ]}
    />
  )
}

function deliveryOf(code: string): 'paper' | 'email' | 'none' {
  return code === 'email' || code === 'none' ? code : 'paper'
}

function Meters({ account }: { account: AccountOverview }) {
  const text = useText()
  const words = useWords()
  if (!account.meters.length) return <p>{text('account.noMeter')}</p>
  return account.meters.map((meter) => (
    <Facts
      key={meter.servicePointId + meter.meterNumber + meter.installedDate}
      facts={[
        { label: text('meter.number'), value: meter.meterNumber || NONE },
        { label: text('meter.installed'), value: words.day(meter.installedDate) },
        {
          label: text('meter.interval'),
          value: meter.intervalMinutes
            ? text('meter.minutes', { count: Number(meter.intervalMinutes) })
            : NONE,
        },
        { label: text('meter.zone'), value: meter.timeZone.replaceAll('_', ' ') },
      ]}
    />
  ))
}
