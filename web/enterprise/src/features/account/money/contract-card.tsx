import {
  Card,
  Chip,
  decimalToCents,
  type Fact,
  Facts,
  formatCents,
  formatMoney,
  type Tone,
  useCodeNames,
} from '@billwright/kit'
import type { MoneyContract } from '../../../api/client.gen.ts'
import { useWords } from '../../../app/words.ts'
import { useText } from '../../../messages/index.ts'
import { BudgetMonths, ContractSchedule } from './contract-schedule.tsx'
import styles from './money.module.css'

/** The statement group whose bills a schedule links to. */
export interface BillsOf {
  customerId: string
  billingPackageId: string
}

const TONES: Record<MoneyContract['statusCode'], Tone> = {
  active: 'good',
  kept: 'good',
  broken: 'bad',
  ended: 'neutral',
  cancelled: 'neutral',
}

/** Budgets, deposits, arrangements and promises; those that run come first. */
export function ContractCards({ contracts, bills }: { contracts: readonly MoneyContract[]; bills: BillsOf }) {
  const text = useText()
  if (!contracts.length)
    return (
      <Card title={text('money.contracts')}>
        <p className={styles.quiet}>{text('money.contracts.none')}</p>
      </Card>
    )
  const running = contracts.filter(({ statusCode }) => statusCode === 'active')
  const over = contracts.filter(({ statusCode }) => statusCode !== 'active')
  return [...running, ...over].map((contract) => (
    <ContractCard key={contract.contractNumber} contract={contract} bills={bills} />
  ))
}

function ContractCard({ contract, bills }: { contract: MoneyContract; bills: BillsOf }) {
  const text = useText()
  const words = useWords()
  const nameOf = useCodeNames()
  const facts = useContractFacts(contract)
  const { kindCode, statusCode, startDate, endDate, endReasonCode, schedule, budget, note } = contract
  const title = nameOf(`money.contract.${kindCode}`)
  const life = endDate
    ? text('money.contract.over', { start: words.day(startDate), end: words.day(endDate) })
    : text('money.contract.since', { start: words.day(startDate) })
  const table = budget ? (
    <BudgetMonths caption={title} months={budget.months} bills={bills} />
  ) : (
    <ContractSchedule caption={title} parts={schedule} bills={bills} />
  )
  const hasTable = (budget?.months.length ?? schedule.length) > 0
  return (
    <Card
      title={title}
      actions={<Chip tone={TONES[statusCode]}>{nameOf(`money.status.${statusCode}`)}</Chip>}
    >
      <p className={styles.life}>
        {life}
        {endReasonCode && ` · ${nameOf(`money.reason.${endReasonCode}`)}`}
        {note && ` · ${note}`}
      </p>
      <Facts facts={facts} />
      {hasTable && statusCode === 'active' && <div className={styles.table}>{table}</div>}
      {hasTable && statusCode !== 'active' && (
        <details className={styles.more}>
          <summary>
            {text('money.contract.parts', { count: budget?.months.length ?? schedule.length })}
          </summary>
          {table}
        </details>
      )}
    </Card>
  )
}

function useContractFacts(contract: MoneyContract): Fact[] {
  const text = useText()
  const nameOf = useCodeNames()
  const words = useWords()
  const { budget, deposit, schedule, amount, requestedBy } = contract
  if (budget) {
    const variance = decimalToCents(budget.varianceAmount)
    return [
      { label: text('money.budget.monthly'), value: formatMoney(budget.monthlyAmount), strong: true },
      {
        label: text('money.budget.months'),
        value: text('money.budget.monthsOf', {
          asked: budget.monthsAsked,
          all: Number(budget.monthsAsked) + Number(budget.monthsLeft),
        }),
      },
      { label: text('money.budget.charged'), value: formatMoney(budget.chargedAmount) },
      { label: text('money.budget.asked'), value: formatMoney(budget.askedAmount) },
      { label: text('money.budget.paid'), value: formatMoney(budget.paidAmount) },
      {
        label: text(variance < 0 ? 'money.budget.ahead' : 'money.budget.variance'),
        value: formatCents(Math.abs(variance)),
      },
      { label: text('money.budget.trueUp'), value: formatMoney(budget.projectedTrueUpAmount) },
      { label: text('money.budget.atEnd'), value: nameOf(`money.trueUp.${budget.trueUpCode}`) },
    ]
  }
  const known = (label: string, value: string): Fact[] => (value ? [{ label, value }] : [])
  if (deposit)
    return [
      { label: text('money.deposit.required'), value: formatMoney(amount), strong: true },
      { label: text('money.held'), value: formatMoney(deposit.heldAmount) },
      { label: text('money.deposit.interest'), value: formatMoney(deposit.interestAmount) },
      { label: text('money.unpaid'), value: formatMoney(deposit.unpaidAmount) },
      { label: text('money.deposit.form'), value: nameOf(`money.form.${deposit.formCode}`) },
      { label: text('money.deposit.reason'), value: nameOf(`money.depositReason.${deposit.reasonCode}`) },
      ...known(text('money.evidence'), deposit.evidence),
      ...known(text('money.deposit.validUntil'), deposit.validUntilDate && words.day(deposit.validUntilDate)),
    ]
  const live = schedule.filter(({ statusCode }) => statusCode !== 'cancelled')
  const paid = live.reduce((sum, part) => sum + decimalToCents(part.paidAmount), 0)
  const missed = schedule.filter(({ statusCode }) => statusCode === 'missed').length
  return [
    { label: nameOf(`money.amount.${contract.kindCode}`), value: formatMoney(amount), strong: true },
    { label: text('money.paid'), value: formatCents(paid) },
    {
      label: text('money.parts'),
      value: text('money.partsPaid', {
        paid: schedule.filter(({ statusCode }) => statusCode === 'paid').length,
        all: schedule.length,
      }),
    },
    ...(missed ? [{ label: text('money.missed'), value: String(missed), tone: 'bad' as const }] : []),
    ...known(text('money.requestedBy'), requestedBy),
  ]
}
