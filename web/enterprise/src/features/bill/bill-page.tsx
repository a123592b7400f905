import { Button, Card, Chip, CopyLink, Icon, Page, Placeholder, ProblemNotice } from '@billwright/kit'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { BillDetail } from '../../api/client.gen.ts'
import { type BillKey, accountKey as keyOfAccount, billKey as keyOfBill } from '../../app/keys.ts'
import { useRecent } from '../../app/recents.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { StatusChip } from '../account/status-chip.tsx'
import { BillBalance } from './bill-balance.tsx'
import { BillCharges } from './bill-charges.tsx'
import { BillDifference } from './bill-difference.tsx'
import styles from './bill-page.module.css'
import { billQuery, openBillPdf } from './bill-queries.ts'
import { LineTracePanel } from './line-trace-panel.tsx'

const route = getRouteApi('/bills/$billKey')

/** A bill, line by line; every line opens where it came from. */
export function BillPage() {
  const text = useText()
  const { billKey } = route.useParams()
  const { line, with: otherBillId } = route.useSearch()
  const navigate = route.useNavigate()
  const bill = useQuery(billQuery(billKey))
  const number = bill.data?.billNumber ?? billKey
  useRecent(
    bill.data && {
      title: text('bill.title', { number }),
      subtitle: bill.data.customerName,
      href: `/bills/${billKey}`,
    },
  )
  return (
    <Page
      title={text('bill.title', { number })}
      lead={bill.data && <BillLead bill={bill.data} />}
      actions={bill.data && <BillActions bill={bill.data} billKey={billKey} />}
    >
      {bill.error && (
        <ProblemNotice what={text('bill.problem')} error={bill.error} retry={() => bill.refetch()} />
      )}
      {bill.isLoading && <Placeholder height={180} lines={2} />}
      {bill.data && (
        <div className={line ? styles.withPanel : styles.alone}>
          <div className={styles.column}>
            <Card>
              <BillBalance bill={bill.data} />
            </Card>
            {otherBillId && <BillDifference billKey={billKey} otherBillId={otherBillId} />}
            <BillCharges bill={bill.data} openLine={line} />
          </div>
          {line && (
            <LineTracePanel
              key={line}
              billKey={billKey}
              lineId={line}
              onClose={() => navigate({ search: {}, resetScroll: false })}
            />
          )}
        </div>
      )}
    </Page>
  )
}

function BillLead({ bill }: { bill: BillDetail }) {
  const text = useText()
  const words = useWords()
  const [account] = bill.charges
  return (
    <span className={styles.lead}>
      {account ? (
        <Link
          to="/accounts/$accountKey"
          params={{ accountKey: keyOfAccount(account) }}
          search={{ tab: 'bills' }}
        >
          {bill.customerName}
        </Link>
      ) : (
        bill.customerName
      )}
      <span>{words.period(bill.startDate, bill.endDate)}</span>
      <StatusChip code={bill.statusCode} />
      {bill.estimatedFlag === 'Y' && (
        <Chip tone="warn" icon="warning">
          {text('bill.estimated')}
        </Chip>
      )}
      {bill.replacesBillNumber && (
        <Chip tone="info">{text('bill.replaces', { number: bill.replacesBillNumber })}</Chip>
      )}
    </span>
  )
}

function BillActions({ bill, billKey }: { bill: BillDetail; billKey: BillKey }) {
  const text = useText()
  const pdf = useMutation({ mutationFn: () => openBillPdf(billKey) })
  return (
    <>
      {pdf.error && <ProblemNotice what={text('bill.pdf.problem')} error={pdf.error} />}
      {bill.previousBillId && (
        <Link
          to="/bills/$billKey"
          params={{ billKey }}
          search={{ with: bill.previousBillId }}
          resetScroll={false}
          className={styles.neighbour}
        >
          {text('difference.ask')}
        </Link>
      )}
      <Neighbour bill={bill} billId={bill.previousBillId} label={text('bill.previous')} />
      <Neighbour bill={bill} billId={bill.nextBillId} label={text('bill.next')} />
      <CopyLink />
      <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
        {text('bill.print')}
      </Button>
      <Button leftSection={<Icon name="bill" />} loading={pdf.isPending} onClick={() => pdf.mutate()}>
        {text('bill.pdf')}
      </Button>
    </>
  )
}

function Neighbour({ bill, billId, label }: { bill: BillDetail; billId: string; label: string }) {
  if (!billId) return null
  return (
    <Link
      to="/bills/$billKey"
      params={{ billKey: keyOfBill({ ...bill, billId }) }}
      className={styles.neighbour}
    >
      {label}
    </Link>
  )
}
