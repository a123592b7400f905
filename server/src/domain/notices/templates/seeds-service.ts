import { en, es, type TemplateSeed } from './seed.ts'

export const COLLECTION_SEEDS: readonly TemplateSeed[] = [
  {
    templateCode: 'late_reminder',
    name: 'A payment is late',
    category: 'collection',
    facts: { pastDue: 'money' },
    en: en(
      'Reminder: {pastDue} is past due',
      '{pastDue} on your account is past due. Please pay it today. If you have paid already, thank you.',
      'If you cannot pay it all at once, call: more time or instalments may be possible.',
    ),
    es: es(
      'Recordatorio: {pastDue} vencidos',
      'Su cuenta tiene {pastDue} vencidos. Páguelos hoy, por favor. Si ya pagó, muchas gracias.',
      'Si no puede pagar todo de una vez, llame: puede haber una prórroga o un plan de pagos.',
    ),
  },
  {
    templateCode: 'arrangement_offer',
    name: 'An arrangement is offered',
    category: 'collection',
    facts: { pastDue: 'money' },
    en: en(
      'Pay {pastDue} in instalments',
      '{pastDue} on your account is past due. You can pay it in instalments along with your bills.',
      'Call before the next notice to agree on dates and amounts.',
    ),
    es: es(
      'Pague {pastDue} en plazos',
      'Su cuenta tiene {pastDue} vencidos. Puede pagarlos en plazos junto con sus facturas.',
      'Llame antes del próximo aviso para acordar fechas e importes.',
    ),
  },
  {
    templateCode: 'disconnect_notice',
    name: 'Service will be disconnected',
    category: 'collection',
    legal: true,
    facts: { pastDue: 'money', disconnectDate: 'date' },
    en: en(
      'Disconnect notice: pay {pastDue} before {disconnectDate}',
      'Your service may be disconnected on or after {disconnectDate}, because {pastDue} is past due.',
      'To keep your service, pay this amount before {disconnectDate}, or call to make an arrangement.',
      'If someone in your home depends on medical equipment or is seriously ill, call at once: you may be protected.',
    ),
    es: es(
      'Aviso de corte: pague {pastDue} antes del {disconnectDate}',
      'Su servicio puede ser cortado a partir del {disconnectDate}, porque hay {pastDue} vencidos.',
      'Para conservar su servicio, pague este importe antes del {disconnectDate} o llame para acordar un plan.',
      'Si alguien en su hogar depende de un equipo médico o está gravemente enfermo, llame de inmediato: puede estar protegido.',
    ),
  },
  {
    templateCode: 'final_notice',
    name: 'Last notice before an agency',
    category: 'collection',
    legal: true,
    facts: { pastDue: 'money' },
    en: en(
      'Final notice: {pastDue}',
      '{pastDue} remains unpaid. Without payment or an arrangement, the debt may be passed to a collection agency.',
    ),
    es: es(
      'Último aviso: {pastDue}',
      'Siguen sin pagar {pastDue}. Sin un pago o un acuerdo, la deuda puede pasar a una agencia de cobros.',
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
