import { Chip, type Column, DataTable, formatMoney, type Tone, useCodeNames } from '@billwright/kit'
import { Link } from '@tanstack/react-router'
import type { MoneyBudgetMonth, MoneyContractPart } from '../../../api/client.gen.ts'
import { billKey } from '../../../app/keys.ts'
import { NONE, useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import type { BillsOf } from './contract-card.tsx'

const TONES: Record<MoneyContractPart['statusCode'], Tone> = {
  paid: 'good',
  missed: 'bad',
  asked: 'warn',
  planned: 'neutral',
  cancelled: 'neutral',
}

interface Part {
  billId: string
  billNumber: string
}

function useMoneyColumns<Row extends Part>(bills: BillsOf) {
  const text = useText()
  const amount = (id: string, header: string, pick: (row: Row) => string): Column<Row> => ({
    id,
    header,
    unit: 'USD',
    numeric: true,
    value: pick,
    cell: (row) => formatMoney(pick(row)),
  })
  const bill: Column<Row> = {
    id: 'bill',
    header: text('bill.number'),
    value: (row) => row.billNumber,
    cell: ({ billId, billNumber }) =>
      billId ? (
        <Link to="/bills/$billKey" params={{ billKey: billKey({ ...bills, billId }) }}>
          {billNumber}
        </Link>
      ) : (
        NONE
      ),
  }
  return { amount, bill }
}

/** Instalments or promised payments with what came of each. */
export function ContractSchedule(props: {
  caption: string
  parts: readonly MoneyContractPart[]
  bills: BillsOf
}) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const { amount, bill } = useMoneyColumns<MoneyContractPart>(props.bills)
  const hasBills = props.parts.some(({ billId }) => billId)
  const columns: Column<MoneyContractPart>[] = [
    {
      id: 'due',
      header: text('bill.dueDate'),
      value: (part) => part.dueDate,
      cell: ({ dueDate, statusCode }) => {
        if (dueDate) return words.day(dueDate)
        return statusCode === 'cancelled' ? NONE : text('money.withBill')
      },
    },
    amount('amount', text('timeline.amount'), (part) => part.amount),
    amount('paid', text('money.paid'), (part) => part.paidAmount),
    {
      id: 'status',
      header: text('account.status'),
      value: (part) => part.statusCode,
      cell: ({ statusCode }) => <Chip tone={TONES[statusCode]}>{nameOf(`money.part.${statusCode}`)}</Chip>,
    },
    ...(hasBills ? [bill] : []),
  ]
  return (
    <DataTable
      caption={text('money.schedule', { contract: props.caption })}
      captionHidden
      columns={columns}
      rows={props.parts}
      rowKey={(part) => part.partNumber}
    />
  )
}

/** What each bill under a budget charged and asked for. */
export function BudgetMonths(props: {
  caption: string
  months: readonly MoneyBudgetMonth[]
  bills: BillsOf
}) {
  const text = useText()
  const words = useWords()
  const { amount, bill } = useMoneyColumns<MoneyBudgetMonth>(props.bills)
  const columns: Column<MoneyBudgetMonth>[] = [
    {
      id: 'asked',
      header: text('bill.date'),
      value: (month) => month.askedDate,
      cell: (month) => words.day(month.askedDate),
    },
    bill,
    amount('charged', text('money.month.charged'), (month) => month.chargedAmount),
    amount('askedAmount', text('money.month.asked'), (month) => month.askedAmount),
    amount('putOff', text('money.month.putOff'), (month) => month.putOffAmount),
  ]
  return (
    <DataTable
      caption={text('money.schedule', { contract: props.caption })}
      captionHidden
      columns={columns}
      rows={props.months.toReversed()}
      rowKey={(month) => month.askedDate + month.billId + month.chargedAmount}
    />
  )
}
