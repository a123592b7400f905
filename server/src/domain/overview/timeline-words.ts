import type { TimelineRow } from './store/timeline.ts'
import { type Worded, wordWork } from './work-words.ts'

type Texts = Readonly<Record<string, Worded>>

const METHODS: Texts = {
  cash: { en: 'Cash', es: 'Efectivo' },
  check: { en: 'Check', es: 'Cheque' },
  ach: { en: 'Bank debit', es: 'Débito bancario' },
  card: { en: 'Card', es: 'Tarjeta' },
  remittance: { en: 'Bank file', es: 'Archivo del banco' },
}

/** Why contracts and collection ended. */
const REASONS: Texts = {
  paid: { en: 'All of it was paid', es: 'Se pagó todo' },
  payment_missed: { en: 'A promised payment did not come', es: 'No llegó un pago prometido' },
  instalment_missed: { en: 'An instalment was not paid', es: 'No se pagó una cuota' },
  payment_taken_back: { en: 'A payment was taken back', es: 'Se devolvió un pago' },
  past_due: { en: 'The account was past due', es: 'La cuenta tenía saldo vencido' },
  anniversary: { en: 'Its year was over', es: 'Terminó su año' },
  asked: { en: 'The customer asked for it', es: 'El cliente lo pidió' },
  requested: { en: 'The customer asked for it', es: 'El cliente lo pidió' },
  stopped: { en: 'Service ended', es: 'Terminó el servicio' },
  good_payer: { en: 'Bills were paid on time', es: 'Las facturas se pagaron a tiempo' },
  arrangement: { en: 'It is paid in instalments', es: 'Se paga en cuotas' },
  dispute: { en: 'The debt is disputed', es: 'La deuda está en disputa' },
  bankruptcy: { en: 'A bankruptcy was filed', es: 'Se presentó una quiebra' },
  protection: { en: 'A protection forbids it', es: 'Una protección lo impide' },
  written_off: { en: 'The debt was written off', es: 'La deuda se dio de baja' },
  done: { en: 'Every step was done', es: 'Se dieron todos los pasos' },
  cancelled: { en: 'It was cancelled by hand', es: 'Se canceló a mano' },
}

const STEPS: Texts = {
  reminder: { en: 'Reminder', es: 'Recordatorio' },
  notice: { en: 'Past-due notice', es: 'Aviso de saldo vencido' },
  call: { en: 'Call', es: 'Llamada' },
  arrangement_offer: { en: 'Offer of a payment arrangement', es: 'Oferta de convenio de pago' },
  disconnect_notice: { en: 'Disconnection notice', es: 'Aviso de corte' },
  cut: { en: 'Disconnection ordered', es: 'Corte ordenado' },
  final_bill: { en: 'Final bill', es: 'Factura final' },
  credit_rating: { en: 'Points on the credit rating', es: 'Puntos en la calificación de crédito' },
}

const PROTECTIONS: Texts = {
  life_support: { en: 'Life support', es: 'Soporte vital' },
  medical: { en: 'Medical certificate', es: 'Certificado médico' },
  dispute: { en: 'Dispute', es: 'Disputa' },
  hold: { en: 'Hold', es: 'Retención' },
}

const CHANNELS: Texts = {
  letter: { en: 'letter', es: 'carta' },
  email: { en: 'e-mail', es: 'correo electrónico' },
  text: { en: 'text message', es: 'mensaje de texto' },
}

/** What each notice tells of. */
const NOTICES: Texts = {
  bill_ready: { en: 'A bill is ready', es: 'Factura disponible' },
  deposit_assessed: { en: 'A deposit is asked for', es: 'Se pide un depósito' },
  deposit_refunded: { en: 'A deposit is returned', es: 'Se devuelve un depósito' },
  payment_received: { en: 'Payment received', es: 'Pago recibido' },
  payment_returned: { en: 'Payment returned', es: 'Pago devuelto' },
  payment_declined: { en: 'Payment declined', es: 'Pago rechazado' },
  autopay_scheduled: { en: 'Autopay will draw', es: 'Cobro automático programado' },
  autopay_held: { en: 'Bill above the autopay limit', es: 'Factura sobre el límite del pago automático' },
  autopay_suspended: { en: 'Autopay suspended', es: 'Pago automático suspendido' },
  arrangement_confirmed: { en: 'Arrangement confirmed', es: 'Convenio confirmado' },
  arrangement_broken: { en: 'Arrangement broken', es: 'Convenio incumplido' },
  extension_confirmed: { en: 'Promise confirmed', es: 'Promesa confirmada' },
  extension_broken: { en: 'Promise broken', es: 'Promesa incumplida' },
  late_reminder: { en: 'Reminder', es: 'Recordatorio' },
  past_due_notice: { en: 'Past-due notice', es: 'Aviso de saldo vencido' },
  arrangement_offer: { en: 'Offer of a payment arrangement', es: 'Oferta de convenio de pago' },
  disconnect_notice: { en: 'Disconnection notice', es: 'Aviso de corte' },
  final_notice: { en: 'Final notice', es: 'Último aviso' },
  agency_referral: { en: 'Debt goes to an agency', es: 'La deuda pasa a una agencia' },
  welcome: { en: 'Welcome', es: 'Bienvenida' },
  stop_confirmed: { en: 'End of service confirmed', es: 'Fin del servicio confirmado' },
  password_reset: { en: 'New password', es: 'Contraseña nueva' },
}

/** This will put what an event tells beside its name into words; some bring their words as JSON. */
export function wordDetail({ kind, code, detail }: TimelineRow): Worded {
  if (kind === 'plan') return both(JSON.parse(detail))
  if (kind === 'workItem') return wordWork(JSON.parse(detail)).reason
  if (kind === 'payment') return known(METHODS, detail)
  if (kind === 'adjustment' && detail) return withComment(JSON.parse(detail))
  if (kind === 'notice') return wordNotice(JSON.parse(detail))
  if (kind === 'contract') return known(code.endsWith('Started') ? {} : REASONS, detail)
  if (code.startsWith('bankruptcy')) return wordBankruptcy(JSON.parse(detail))
  if (code.startsWith('protection')) return known(PROTECTIONS, detail)
  if (code === 'collectionStep') return known(STEPS, detail)
  if (code === 'collectionEnded') return known(REASONS, detail)
  return { en: detail, es: detail }
}

function known(texts: Texts, code: string): Worded {
  const words = code.replaceAll('_', ' ')
  return texts[code] ?? { en: words, es: words }
}

function both({ en, es }: { en: string; es?: string }): Worded {
  return { en, es: es ?? en }
}

function withComment({ en, es, comment }: { en: string; es: string; comment: string | null }): Worded {
  return comment ? { en: `${en}: ${comment}`, es: `${es}: ${comment}` } : { en, es }
}

function wordNotice({ template, channel }: { template: string; channel: string }): Worded {
  const about = known(NOTICES, template)
  const by = known(CHANNELS, channel)
  return { en: `${about.en}, by ${by.en}`, es: `${about.es}, por ${by.es}` }
}

function wordBankruptcy({ chapter, case: number }: { chapter: string; case: string }): Worded {
  return { en: `Chapter ${chapter}, case ${number}`, es: `Capítulo ${chapter}, caso ${number}` }
}
