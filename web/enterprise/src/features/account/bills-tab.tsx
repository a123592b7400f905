import { Card, Chip, type Column, DataTable, EmptyState, Placeholder, ProblemNotice } from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Bill, Charge } from '../../api/client.gen.ts'
import { billKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { billsQuery, chargesQuery } from './account-queries.ts'
import styles from './account-tabs.module.css'
import type { TabProps } from './overview-tab.tsx'
import { StatusChip } from './status-chip.tsx'

/** The bills of the statement group and the charges of this account. */
export function BillsTab({ account, accountKey }: TabProps) {
  const text = useText()
  const bills = useQuery(billsQuery(account.customerId, account.billingPackageId))
  const charges = useQuery(chargesQuery(accountKey))
  return (
    <div className={styles.column}>
      <Card>
        {bills.error && (
          <ProblemNotice what={text('bills.problem')} error={bills.error} retry={() => bills.refetch()} />
        )}
        {bills.isLoading && <Placeholder height={32} lines={6} />}
        {bills.data && <BillsTable bills={bills.data} accountNumber={account.accountNumber} />}
      </Card>
      <Card>
        {charges.error && (
          <ProblemNotice
            what={text('charges.problem')}
            error={charges.error}
            retry={() => charges.refetch()}
          />
        )}
        {charges.isLoading && <Placeholder height={32} lines={4} />}
        {charges.data && <ChargesTable charges={charges.data} account={account} />}
      </Card>
    </div>
  )
}

function BillsTable({ bills, accountNumber }: { bills: readonly Bill[]; accountNumber: string }) {
  const text = useText()
  const words = useWords()
  const columns: Column<Bill>[] = [
    {
      id: 'number',
      header: text('bill.number'),
      value: (bill) => bill.billNumber,
      cell: (bill) => (
        <Link to="/bills/$billKey" params={{ billKey: billKey(bill) }}>
          {bill.billNumber}
        </Link>
      ),
    },
    {
      id: 'date',
      header: text('bill.date'),
      value: (bill) => bill.billDate,
      cell: (bill) => words.day(bill.billDate),
    },
    {
      id: 'period',
      header: text('bill.period'),
      value: (bill) => bill.startDate,
      cell: (bill) => words.period(bill.startDate, bill.endDate),
    },
    {
      id: 'usage',
      header: text('bill.usage'),
      numeric: true,
      unit: bills[0]?.unitMeasureDescription ?? '',
      value: (bill) => bill.consumptionNumber,
      cell: (bill) => words.quantity(bill.consumptionNumber, undefined, 1),
    },
    {
      id: 'charges',
      header: text('bill.charges'),
      numeric: true,
      value: (bill) => bill.chargesAmount,
      cell: (bill) => words.money(bill.chargesAmount),
    },
    {
      id: 'due',
      header: text('bill.due'),
      numeric: true,
      value: (bill) => bill.amountDueAmount,
      cell: (bill) => words.money(bill.amountDueAmount),
    },
    {
      id: 'dueDate',
      header: text('bill.dueDate'),
      value: (bill) => bill.dueDate,
      cell: (bill) => words.day(bill.dueDate),
    },
    {
      id: 'status',
      header: text('account.status'),
      value: (bill) => bill.statusCode,
      cell: (bill) => (
        <>
          <StatusChip code={bill.statusCode} />{' '}
          {bill.estimatedFlag === 'Y' && <Chip tone="warn">{text('usage.estimated')}</Chip>}
        </>
      ),
    },
  ]
  return (
    <DataTable
      caption={text('bills.title')}
      columns={columns}
      rows={bills}
      rowKey={(bill) => bill.billId}
      csvName={`bills-${accountNumber}`}
      empty={
        <EmptyState icon="bill" title={text('bills.none')}>
          <p>{text('bills.none.what')}</p>
        </EmptyState>
      }
    />
  )
}

function ChargesTable({ charges, account }: { charges: readonly Charge[]; account: TabProps['account'] }) {
  const text = useText()
  const words = useWords()
  const { customerId, billingPackageId } = account
  const columns: Column<Charge>[] = [
    {
      id: 'period',
      header: text('bill.period'),
      value: (charge) => charge.startDate,
      cell: (charge) => words.period(charge.startDate, charge.endDate),
    },
    { id: 'plan', header: text('account.plan'), value: (charge) => words.local(charge.planName) },
    {
      id: 'usage',
      header: text('bill.usage'),
      numeric: true,
      unit: charges[0]?.unitMeasureDescription ?? '',
      value: (charge) => charge.consumptionNumber,
      cell: (charge) => words.quantity(charge.consumptionNumber, undefined, 1),
    },
    {
      id: 'tax',
      header: text('charge.tax'),
      numeric: true,
      value: (charge) => charge.taxAmount,
      cell: (charge) => words.money(charge.taxAmount),
    },
    {
      id: 'total',
      header: text('charge.total'),
      numeric: true,
      value: (charge) => charge.totalChargeAmount,
      cell: (charge) => words.money(charge.totalChargeAmount),
    },
    {
      id: 'bill',
      header: text('bill.number'),
      value: (charge) => charge.billNumber,
      cell: (charge) =>
        charge.billId && (
          <Link
            to="/bills/$billKey"
            params={{ billKey: billKey({ customerId, billingPackageId, billId: charge.billId }) }}
          >
            {charge.billNumber}
          </Link>
        ),
    },
    {
      id: 'status',
      header: text('account.status'),
      value: (charge) => charge.statusCode,
      cell: (charge) => <StatusChip code={charge.statusCode} />,
    },
  ]
  return (
    <DataTable
      caption={text('charges.title')}
      columns={columns}
      rows={charges}
      rowKey={(charge) => charge.accountChargeId + charge.billingChargeId}
      csvName={`charges-${account.accountNumber}`}
      empty={<EmptyState icon="bill" title={text('charges.none')} />}
    />
  )
}
