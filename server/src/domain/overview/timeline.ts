import { formatBillId } from '../billing/index.ts'
import type { TimelineRecord } from './record.ts'
import type { TimelineRow } from './store/timeline.ts'
import { type Worded, wordWork } from './work-words.ts'

type Texts = Readonly<Record<string, { en: string; es: string }>>

/** What each kind of event is called; the bill and plan ones go on with a number or a name. */
const TEXTS: Texts = {
  billCompleted: { en: 'Bill issued', es: 'Factura emitida' },
  billCancelled: { en: 'Bill cancelled', es: 'Factura anulada' },
  charged: { en: 'Charged', es: 'Cargo registrado' },
  rebilled: { en: 'Rebilled', es: 'Refacturado' },
  chargeCancelled: { en: 'Charge cancelled', es: 'Cargo anulado' },
  paymentReceived: { en: 'Payment received', es: 'Pago recibido' },
  paymentCancelled: { en: 'Payment cancelled', es: 'Pago anulado' },
  usageMeasured: { en: 'Usage measured', es: 'Consumo medido' },
  usageReceived: { en: 'Usage received from the market', es: 'Consumo recibido del mercado' },
  usagePosted: { en: 'Usage posted', es: 'Consumo registrado' },
  note: { en: 'Note', es: 'Nota' },
  call: { en: 'Call', es: 'Llamada' },
  letter: { en: 'Letter', es: 'Carta' },
  system: { en: 'Recorded', es: 'Registro' },
  planAssigned: { en: 'Plan in force', es: 'Plan vigente' },
  serviceStarted: { en: 'Service started', es: 'Inicio del servicio' },
  serviceStopped: { en: 'Service stopped', es: 'Fin del servicio' },
  workOpened: { en: 'Work item opened', es: 'Tarea abierta' },
  meterInstalled: { en: 'Meter installed', es: 'Medidor instalado' },
  meterRemoved: { en: 'Meter removed', es: 'Medidor retirado' },
}

/** This will put a timeline row into words. */
export function toTimelineRecord(row: TimelineRow, customerId: number): TimelineRecord {
  const text = TEXTS[row.code] ?? { en: row.code, es: row.code }
  const number =
    row.kind === 'bill' && row.id !== null ? ` ${formatBillId({ customerId, billId: row.id })}` : ''
  return {
    cursor: `${row.date}~${row.key}`,
    kind: row.kind,
    code: row.code,
    date: row.date,
    at: row.at,
    text: { en: text.en + number, es: text.es + number },
    detail: detailOf(row),
    amountCents: row.amount_cents,
    actor: row.actor,
    status: row.status,
    id: row.id,
  }
}

const METHODS: Texts = {
  cash: { en: 'Cash', es: 'Efectivo' },
  check: { en: 'Check', es: 'Cheque' },
  ach: { en: 'Bank debit', es: 'Débito bancario' },
  card: { en: 'Card', es: 'Tarjeta' },
  remittance: { en: 'Bank file', es: 'Archivo del banco' },
}

/** Plans and work items bring their words as JSON. */
function detailOf({ kind, detail }: TimelineRow): Worded {
  if (kind === 'plan') {
    const name: { en: string; es?: string } = JSON.parse(detail)
    return { en: name.en, es: name.es ?? name.en }
  }
  if (kind === 'workItem') return wordWork(JSON.parse(detail)).reason
  return (kind === 'payment' ? METHODS[detail] : undefined) ?? { en: detail, es: detail }
}
