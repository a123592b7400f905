import {
  Card,
  type Column,
  DataTable,
  Facts,
  Page,
  Placeholder,
  ProblemNotice,
  useCodeNames,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CustomerSummary } from '../../api/client.gen.ts'
import { api, only } from '../../app/api.ts'
import { accountKey } from '../../app/keys.ts'
import { useRecent } from '../../app/recents.ts'
import { useServiceName } from '../../app/service-name.ts'
import { addressLine, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'

const route = getRouteApi('/customers/$customerId')

/** A person or company over all their service accounts. */
export function CustomerPage() {
  const text = useText()
  const { customerId } = route.useParams()
  const summary = useQuery({
    queryKey: ['customer', customerId],
    queryFn: async ({ signal }) =>
      only(await api.call('getCustomerSummary', { params: { customerId }, signal })),
  })
  const title = summary.data?.customerName ?? text('customer.title', { number: customerId })
  useRecent(
    summary.data && {
      title,
      subtitle: text('customer.title', { number: customerId }),
      href: `/customers/${customerId}`,
    },
  )
  return (
    <Page title={title} lead={text('customer.title', { number: customerId })}>
      {summary.error && (
        <ProblemNotice
          what={text('customer.problem')}
          error={summary.error}
          retry={() => summary.refetch()}
        />
      )}
      {summary.isLoading && <Placeholder height={96} lines={2} />}
      {summary.data && <Summary summary={summary.data} />}
    </Page>
  )
}

type Package = CustomerSummary['accountPackages'][number]

function Summary({ summary }: { summary: CustomerSummary }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const serviceName = useServiceName()
  const columns: Column<Package>[] = [
    {
      id: 'account',
      header: text('account.number'),
      value: (row) => row.accountNumber,
      cell: (row) => (
        <Link to="/accounts/$accountKey" params={{ accountKey: accountKey(row) }}>
          {row.accountNumber}
        </Link>
      ),
    },
    {
      id: 'service',
      header: text('account.service'),
      value: (row) => serviceName(row.serviceTypeDescription),
    },
    { id: 'address', header: text('account.address'), value: (row) => addressLine(row.serviceAddress) },
    { id: 'plan', header: text('account.plan'), value: (row) => words.local(row.planName) },
    {
      id: 'status',
      header: text('account.status'),
      value: (row) => nameOf(`status.account.${row.statusCode}`),
    },
    {
      id: 'balance',
      header: text('account.balance'),
      numeric: true,
      value: (row) => row.balanceAmount,
      cell: (row) => words.money(row.balanceAmount),
    },
  ]
  return (
    <>
      <Card>
        <Facts
          figures
          facts={[
            {
              label: text('account.balance'),
              value: words.money(summary.currentBalanceAmount),
              strong: true,
            },
            { label: text('account.pastDue'), value: words.money(summary.pastDueAmount) },
            { label: text('account.nextDue'), value: words.day(summary.nextDueDate) },
            { label: text('account.lastBill'), value: words.day(summary.lastBillDate) },
            { label: text('account.lastPayment'), value: words.day(summary.lastPaymentDate) },
          ]}
        />
      </Card>
      <Card>
        <DataTable
          caption={text('customer.accounts')}
          columns={columns}
          rows={summary.accountPackages}
          rowKey={(row) => row.accountNumber}
          csvName={`customer-${summary.customerId}-accounts`}
        />
      </Card>
    </>
  )
}
