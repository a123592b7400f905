import { formatBillId } from '../billing/index.ts'
import type { TimelineRecord } from './record.ts'
import type { TimelineRow } from './store/timeline.ts'
import { wordDetail } from './timeline-words.ts'
import type { Worded } from './work-words.ts'

type Texts = Readonly<Record<string, Worded>>

/** What each kind of event is called; the bill and plan ones go on with a number or a name. */
const TEXTS: Texts = {
  billCompleted: { en: 'Bill issued', es: 'Factura emitida' },
  billCancelled: { en: 'Bill cancelled', es: 'Factura anulada' },
  charged: { en: 'Charged', es: 'Cargo registrado' },
  rebilled: { en: 'Rebilled', es: 'Refacturado' },
  chargeCancelled: { en: 'Charge cancelled', es: 'Cargo anulado' },
  paymentReceived: { en: 'Payment received', es: 'Pago recibido' },
  paymentCancelled: { en: 'Payment cancelled', es: 'Pago anulado' },
  paymentReturned: { en: 'Payment returned by the bank', es: 'Pago devuelto por el banco' },
  paymentDeclined: { en: 'Payment declined', es: 'Pago rechazado' },
  autopayStarted: { en: 'Autopay set up', es: 'Pago automático activado' },
  autopaySuspended: { en: 'Autopay suspended', es: 'Pago automático suspendido' },
  autopayStopped: { en: 'Autopay ended', es: 'Pago automático terminado' },
  refundRequested: { en: 'Refund requested', es: 'Reembolso solicitado' },
  refundPaid: { en: 'Refund paid', es: 'Reembolso pagado' },
  adjusted: { en: 'Adjustment', es: 'Ajuste' },
  feeCharged: { en: 'Fee charged', es: 'Recargo cobrado' },
  lateFeeCharged: { en: 'Late fee charged', es: 'Recargo por pago tardío' },
  transferred: { en: 'Balance transferred', es: 'Saldo trasladado' },
  adjustmentCancelled: { en: 'Adjustment taken back', es: 'Ajuste anulado' },
  budgetStarted: { en: 'Budget billing started', es: 'Inicio de la facturación nivelada' },
  budgetEnded: { en: 'Budget billing ended', es: 'Fin de la facturación nivelada' },
  budgetBroken: { en: 'Budget billing taken away', es: 'Facturación nivelada retirada' },
  depositStarted: { en: 'Deposit asked for', es: 'Depósito solicitado' },
  depositEnded: { en: 'Deposit ended', es: 'Fin del depósito' },
  depositCancelled: { en: 'Deposit cancelled', es: 'Depósito cancelado' },
  arrangementStarted: { en: 'Payment arrangement made', es: 'Convenio de pago acordado' },
  arrangementKept: { en: 'Payment arrangement kept', es: 'Convenio de pago cumplido' },
  arrangementBroken: { en: 'Payment arrangement broken', es: 'Convenio de pago incumplido' },
  arrangementCancelled: { en: 'Payment arrangement cancelled', es: 'Convenio de pago cancelado' },
  promiseStarted: { en: 'Payment promised', es: 'Pago prometido' },
  promiseKept: { en: 'Promise kept', es: 'Promesa cumplida' },
  promiseBroken: { en: 'Promise broken', es: 'Promesa incumplida' },
  promiseCancelled: { en: 'Promise cancelled', es: 'Promesa cancelada' },
  collectionStarted: { en: 'Collection began', es: 'Inicio de la cobranza' },
  collectionStep: { en: 'Collection step', es: 'Paso de cobranza' },
  collectionEnded: { en: 'Collection ended', es: 'Fin de la cobranza' },
  serviceCut: { en: 'Service disconnected for debt', es: 'Servicio cortado por deuda' },
  serviceReconnected: { en: 'Service reconnected', es: 'Servicio reconectado' },
  writtenOff: { en: 'Debt written off', es: 'Deuda dada de baja' },
  debtDischarged: { en: 'Debt discharged', es: 'Deuda extinguida' },
  writeOffDismissed: { en: 'Write-off taken back', es: 'Baja de la deuda anulada' },
  agencyReferred: { en: 'Debt sent to a collection agency', es: 'Deuda enviada a una agencia de cobranza' },
  agencyRecalled: { en: 'Debt called back from the agency', es: 'Deuda retirada de la agencia' },
  bankruptcyFiled: { en: 'Bankruptcy filed, debt frozen', es: 'Quiebra presentada, deuda congelada' },
  bankruptcyDismissed: { en: 'Bankruptcy dismissed', es: 'Quiebra desestimada' },
  bankruptcyDischarged: { en: 'Bankruptcy discharged its debt', es: 'La quiebra extinguió la deuda' },
  protectionAdded: { en: 'Protection added', es: 'Protección agregada' },
  protectionEnded: { en: 'Protection ended', es: 'Fin de la protección' },
  noticeSent: { en: 'Notice sent', es: 'Aviso enviado' },
  noticeFailed: { en: 'Notice could not be sent', es: 'No se pudo enviar un aviso' },
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
    detail: wordDetail(row),
    amountCents: row.amount_cents,
    actor: row.actor,
    status: row.status,
    id: row.id,
  }
}
