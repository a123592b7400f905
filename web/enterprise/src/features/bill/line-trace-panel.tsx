import {
  type Column,
  DataTable,
  Facts,
  formatMoney,
  Placeholder,
  ProblemNotice,
  SidePanel,
  sameDecimal,
} from '@billwright/kit'
import { useQuery } from '@tanstack/react-query'
import type { BillLine, LineTrace } from '../../api/client.gen.ts'
import type { BillKey } from '../../app/keys.ts'
import { useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { useTimeOfUseName } from '../account/time-of-use.ts'
import { traceQuery } from './bill-queries.ts'
import styles from './line-trace-panel.module.css'
import { TracedUsage } from './traced-usage.tsx'

interface LineTracePanelProps {
  billKey: BillKey
  lineId: string
  onClose: () => void
}

/** Where one line came from: formula in numbers, price version, proration, base, intervals, books. */
export function LineTracePanel({ billKey, lineId, onClose }: LineTracePanelProps) {
  const text = useText()
  const words = useWords()
  const nameOf = useTimeOfUseName()
  const trace = useQuery(traceQuery(billKey, lineId))
  const line = trace.data?.line
  const title =
    line &&
    [words.local(line.text), line.timeOfUseCode && nameOf(line.timeOfUseCode)].filter(Boolean).join(' · ')
  return (
    <SidePanel title={title ?? text('trace.title')} onClose={onClose}>
      {trace.error && (
        <ProblemNotice what={text('trace.problem')} error={trace.error} retry={() => trace.refetch()} />
      )}
      {trace.isLoading && <Placeholder height={72} lines={3} />}
      {trace.data && <Trace trace={trace.data} lineId={lineId} />}
    </SidePanel>
  )
}

function Trace({ trace, lineId }: { trace: LineTrace; lineId: string }) {
  const text = useText()
  const words = useWords()
  const { line } = trace
  return (
    <>
      <Formula trace={trace} />
      <Facts facts={usePriceFacts(trace)} />
      {trace.baseLines.length > 0 && <BaseLines lines={trace.baseLines} />}
      {trace.usage && <TracedUsage usage={trace.usage} line={line} lineId={lineId} />}
      {trace.readings.length > 0 && (
        <section>
          <h3 className={styles.heading}>{text('trace.readings')}</h3>
          {trace.readings.map((reading) => (
            <p key={reading.meterNumber} className="tabular">
              {text('trace.reading', {
                meter: reading.meterNumber,
                begin: words.quantity(reading.beginReadNumber),
                end: words.quantity(reading.endReadNumber),
              })}
            </p>
          ))}
        </section>
      )}
      {trace.ledger.length > 0 && (
        <section>
          <h3 className={styles.heading}>{text('trace.ledger')}</h3>
          {trace.ledger.map((posting) => (
            <p key={posting.debitCode + posting.creditCode} className="tabular">
              {text('trace.posting', {
                debit: posting.debitCode,
                credit: posting.creditCode,
                amount: words.money(posting.amount),
              })}
            </p>
          ))}
        </section>
      )}
      <p className={styles.codes}>
        {text('trace.codes', { rule: line.componentCode, tax: line.taxCategoryCode || 'none' })}
      </p>
    </>
  )
}

/** What was multiplied, in numbers and then in words; a line without a product says how it came about. */
function Formula({ trace }: { trace: LineTrace }) {
  const text = useText()
  const words = useWords()
  const nameOf = useTimeOfUseName()
  const { line } = trace
  const formula = words.local(line.formula)
  const amount = formatMoney(line.amount)
  if (!formula || formula === amount)
    return (
      <div className={styles.formula} data-testid="formula">
        <p className={styles.sum}>{amount}</p>
        <p className={styles.reason}>{formula ? text('trace.fixed') : words.local(trace.reason)}</p>
      </div>
    )
  const isRounded = line.unroundedAmount !== '' && !sameDecimal(line.unroundedAmount, line.amount)
  return (
    <div className={styles.formula} data-testid="formula">
      <p className={styles.sum}>
        {formula} <span>= {amount}</span>
      </p>
      <p className={styles.reason}>
        {line.pricePer === '%'
          ? text('trace.share')
          : text('trace.product', { time: line.timeOfUseCode ? nameOf(line.timeOfUseCode) : 'none' })}
        {isRounded && ` ${text('trace.rounded', { amount: `$${line.unroundedAmount}` })}`}
      </p>
    </div>
  )
}

function usePriceFacts(trace: LineTrace) {
  const text = useText()
  const words = useWords()
  const { line } = trace
  const effective = trace.planEndDate
    ? words.period(trace.planEffectiveDate, trace.planEndDate)
    : text('trace.since', { day: words.day(trace.planEffectiveDate) })
  return [
    { label: text('account.plan'), value: words.local(trace.planName) },
    {
      label: text('trace.version'),
      value: text('trace.versionOf', { version: trace.planVersion, effective }),
    },
    { label: text('trace.days'), value: words.period(line.startDate, line.endDate) },
    ...(trace.prorationDays
      ? [
          {
            label: text('trace.proration'),
            value: text('trace.prorationOf', { days: trace.prorationDays, of: trace.prorationOfDays }),
          },
        ]
      : []),
    ...(trace.bandText ? [{ label: text('trace.band'), value: trace.bandText }] : []),
  ]
}

function BaseLines({ lines }: { lines: readonly BillLine[] }) {
  const text = useText()
  const words = useWords()
  const columns: Column<BillLine>[] = [
    { id: 'text', header: text('line.text'), value: (line) => words.local(line.text) },
    {
      id: 'amount',
      header: text('line.amount'),
      numeric: true,
      value: (line) => line.amount,
      cell: (line) => words.money(line.amount),
    },
  ]
  return (
    <DataTable caption={text('trace.base')} columns={columns} rows={lines} rowKey={(line) => line.lineId} />
  )
}
