import { Card, Chip, formatCents, formatMoney } from '@billwright/kit'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { BillCharge, BillDetail, BillLine } from '../../api/client.gen.ts'
import { useServiceName } from '../../app/service-name.ts'
import { addressLine, useWords } from '../../app/words.ts'
import { useText } from '../../messages/index.ts'
import { useTimeOfUseName } from '../account/time-of-use.ts'
import styles from './bill-charges.module.css'
import { sectionsOf } from './bill-sections.ts'

const route = getRouteApi('/bills/$billKey')

/** The charges of a bill: by part (plan version and days), then by section, each with its sum. */
export function BillCharges({ bill, openLine }: { bill: BillDetail; openLine: string | undefined }) {
  return bill.charges.map((charge) => (
    <ChargeCard key={charge.accountChargeId} charge={charge} openLine={openLine} />
  ))
}

function ChargeCard({ charge, openLine }: { charge: BillCharge; openLine: string | undefined }) {
  const text = useText()
  const serviceName = useServiceName()
  const words = useWords()
  return (
    <Card
      title={text('charge.title', {
        service: serviceName(charge.serviceTypeDescription),
        number: charge.accountNumber,
      })}
    >
      <p className={styles.context}>
        {[
          words.period(charge.startDate, charge.endDate),
          text('charge.days', { count: Number(charge.daysNumber) }),
          words.quantity(charge.consumptionNumber, charge.unitMeasureDescription, 1),
          charge.meterNumber && text('charge.meter', { number: charge.meterNumber }),
          addressLine(charge.serviceAddress),
        ]
          .filter(Boolean)
          .join(' · ')}{' '}
        {charge.estimatedFlag === 'Y' && <Chip tone="warn">{text('usage.estimated')}</Chip>}
      </p>
      {charge.parts.map((part) => (
        <PartTable
          key={part.partNumber}
          charge={charge}
          title={text('charge.part', {
            plan: words.local(part.planName),
            version: part.planVersion,
            period: words.period(part.startDate, part.endDate),
          })}
          lines={charge.lines.filter((line) => line.partNumber === part.partNumber)}
          openLine={openLine}
        />
      ))}
      <p className={styles.total}>
        <span>{text('charge.total')}</span>
        <strong className="tabular">{formatMoney(charge.amount)}</strong>
      </p>
    </Card>
  )
}

interface PartTableProps {
  charge: BillCharge
  title: string
  lines: readonly BillLine[]
  openLine: string | undefined
}

function PartTable({ title, lines, openLine }: PartTableProps) {
  const text = useText()
  const sections = sectionsOf(lines)
  return (
    <table className={styles.lines}>
      <caption>{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{text('line.text')}</th>
          <th scope="col">{text('line.formula')}</th>
          <th scope="col">{text('line.amount')}</th>
        </tr>
      </thead>
      {sections.map((section) => (
        <tbody key={section.code}>
          <tr className={styles.section}>
            <th scope="rowgroup" colSpan={2}>
              {text(`section.${section.code}`)}
            </th>
            <td>{formatCents(section.cents)}</td>
          </tr>
          {section.lines.map((line) => (
            <LineRow key={line.lineId} line={line} open={line.lineId === openLine} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function LineRow({ line, open }: { line: BillLine; open: boolean }) {
  const words = useWords()
  const nameOf = useTimeOfUseName()
  const { billKey } = route.useParams()
  return (
    <tr className={styles.line} aria-current={open || undefined} data-testid="bill-line">
      <th scope="row">
        <Link to="/bills/$billKey" params={{ billKey }} search={{ line: line.lineId }} resetScroll={false}>
          {words.local(line.text)}
          {line.timeOfUseCode && ` · ${nameOf(line.timeOfUseCode)}`}
        </Link>
      </th>
      <td className={styles.formula}>
        {words.local(line.formula)}
        {line.prorationText && <span className={styles.proration}>{line.prorationText}</span>}
      </td>
      <td className={styles.amount}>{formatMoney(line.amount)}</td>
    </tr>
  )
}
