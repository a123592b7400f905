import { en, es, type TemplateSeed } from './seed.ts'

export const COLLECTION_SEEDS: readonly TemplateSeed[] = [
  {
    templateCode: 'late_reminder',
    name: 'A payment is late',
    category: 'collection',
    facts: { amount: 'money' },
    en: en(
      'Reminder: {amount} is past due',
      '{amount} on your account is past due. Please pay it today. If you have paid already, thank you.',
      'If you cannot pay it all at once, call: more time or instalments may be possible.',
    ),
    es: es(
      'Recordatorio: {amount} vencidos',
      'Su cuenta tiene {amount} vencidos. Páguelos hoy, por favor. Si ya pagó, muchas gracias.',
      'Si no puede pagar todo de una vez, llame: puede haber una prórroga o un plan de pagos.',
    ),
  },
  {
    templateCode: 'past_due_notice',
    name: 'A payment is long overdue',
    category: 'collection',
    facts: { amount: 'money', oldestDueDate: 'date' },
    en: en(
      'Past due since {oldestDueDate}: {amount}',
      '{amount} on your account has been past due since {oldestDueDate}, and an earlier reminder brought no payment.',
      'Pay now, or call to agree on more time or instalments, so that no further steps are taken.',
    ),
    es: es(
      'Vencido desde el {oldestDueDate}: {amount}',
      'Su cuenta tiene {amount} vencidos desde el {oldestDueDate}, y un recordatorio anterior quedó sin pago.',
      'Pague ahora o llame para acordar una prórroga o un plan de pagos, para que no se tomen más medidas.',
    ),
  },
  {
    templateCode: 'arrangement_offer',
    name: 'An arrangement is offered',
    category: 'collection',
    facts: { amount: 'money' },
    en: en(
      'Pay {amount} in instalments',
      '{amount} on your account is past due. You can pay it in instalments along with your bills.',
      'Call before the next notice to agree on dates and amounts.',
    ),
    es: es(
      'Pague {amount} en plazos',
      'Su cuenta tiene {amount} vencidos. Puede pagarlos en plazos junto con sus facturas.',
      'Llame antes del próximo aviso para acordar fechas e importes.',
    ),
  },
  {
    templateCode: 'disconnect_notice',
    name: 'Service will be disconnected',
    category: 'collection',
    legal: true,
    facts: { amount: 'money', cutFrom: 'date' },
    en: en(
      'Disconnect notice: pay {amount} before {cutFrom}',
      'Your service may be disconnected on or after {cutFrom}, because {amount} is past due.',
      'To keep your service, pay this amount before {cutFrom}, or call to make an arrangement.',
      'If someone in your home depends on medical equipment or is seriously ill, call at once: you may be protected.',
    ),
    es: es(
      'Aviso de corte: pague {amount} antes del {cutFrom}',
      'Su servicio puede ser cortado a partir del {cutFrom}, porque hay {amount} vencidos.',
      'Para conservar su servicio, pague este importe antes del {cutFrom} o llame para acordar un plan.',
      'Si alguien en su hogar depende de un equipo médico o está gravemente enfermo, llame de inmediato: puede estar protegido.',
    ),
  },
  {
    templateCode: 'final_notice',
    name: 'Last notice before an agency',
    category: 'collection',
    legal: true,
    facts: { amount: 'money' },
    en: en(
      'Final notice: {amount}',
      '{amount} remains unpaid. Without payment or an arrangement, the debt may be passed to a collection agency.',
    ),
    es: es(
      'Último aviso: {amount}',
      'Siguen sin pagar {amount}. Sin un pago o un acuerdo, la deuda puede pasar a una agencia de cobros.',
    ),
  },
  {
    templateCode: 'agency_referral',
    name: 'The debt goes to an agency',
    category: 'collection',
    legal: true,
    facts: { amount: 'money' },
    en: en(
      'Your debt of {amount} was passed on',
      'Your unpaid balance of {amount} was passed to a collection agency, which will write to you.',
      'A payment to {companyName} still settles the debt.',
    ),
    es: es(
      'Su deuda de {amount} fue transferida',
      'Su saldo pendiente de {amount} pasó a una agencia de cobros, que le escribirá.',
      'Un pago a {companyName} todavía salda la deuda.',
    ),
  },
  {
    templateCode: 'arrangement_confirmed',
    name: 'An arrangement was made',
    category: 'collection',
    facts: { amount: 'money', instalments: 'number' },
    en: en(
      'Your payment arrangement',
      'You agreed to pay {amount} in {instalments} instalments. Each appears on a bill and is due with it.',
      'As long as every instalment is paid in time, nothing else will be done about this amount.',
    ),
    es: es(
      'Su acuerdo de pago',
      'Usted acordó pagar {amount} en {instalments} plazos. Cada uno aparece en una factura y vence con ella.',
      'Mientras cada plazo se pague a tiempo, no se hará nada más respecto de este importe.',
    ),
  },
  {
    templateCode: 'arrangement_broken',
    name: 'An arrangement was broken',
    category: 'collection',
    facts: { amount: 'money' },
    en: en(
      'Your payment arrangement has ended',
      'An instalment was not paid in time. The whole rest of {amount} is due now.',
    ),
    es: es(
      'Su acuerdo de pago terminó',
      'Un plazo no se pagó a tiempo. Todo el resto, {amount}, vence ahora.',
    ),
  },
  {
    templateCode: 'extension_confirmed',
    name: 'More time was given',
    category: 'collection',
    facts: { amount: 'money', lastDate: 'date' },
    en: en(
      'You have until {lastDate} to pay {amount}',
      'You were given until {lastDate} to pay {amount}. Please keep to the dates that were agreed.',
    ),
    es: es(
      'Tiene hasta el {lastDate} para pagar {amount}',
      'Se le dio plazo hasta el {lastDate} para pagar {amount}. Respete las fechas acordadas, por favor.',
    ),
  },
  {
    templateCode: 'extension_broken',
    name: 'The time given has passed',
    category: 'collection',
    facts: { amount: 'money' },
    en: en(
      'The time to pay has passed',
      'A payment that you had promised did not arrive. {amount} is due now.',
    ),
    es: es(
      'El plazo para pagar ha pasado',
      'No llegó un pago que usted había prometido. Ahora vencen {amount}.',
    ),
  },
]

export const SERVICE_SEEDS: readonly TemplateSeed[] = [
  {
    templateCode: 'welcome',
    name: 'Service starts',
    category: 'service',
    facts: { startDate: 'date' },
    en: en(
      'Welcome to {companyName}',
      'Your service starts on {startDate}. Your first bill follows after the first reading.',
    ),
    es: es(
      'Bienvenido a {companyName}',
      'Su servicio comienza el {startDate}. Su primera factura llega tras la primera lectura.',
    ),
  },
  {
    templateCode: 'stop_confirmed',
    name: 'Service stops',
    category: 'service',
    facts: { stopDate: 'date' },
    en: en('Your service stops on {stopDate}', 'Your service stops on {stopDate}. A final bill follows.'),
    es: es(
      'Su servicio termina el {stopDate}',
      'Su servicio termina el {stopDate}. Después llega la factura final.',
    ),
  },
  {
    templateCode: 'password_reset',
    name: 'A new password was asked for',
    category: 'account',
    letters: false,
    facts: { link: 'text', validMinutes: 'number' },
    en: en(
      'Choose a new password',
      'Open this link within {validMinutes} minutes to choose a new password: {link}',
      'If you did not ask for it, ignore this message: your password stays as it is.',
    ),
    es: es(
      'Elija una nueva contraseña',
      'Abra este enlace en los próximos {validMinutes} minutos para elegir una nueva contraseña: {link}',
      'Si usted no la pidió, ignore este mensaje: su contraseña no cambia.',
    ),
  },
]
