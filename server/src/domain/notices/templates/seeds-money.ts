import { en, es, type TemplateSeed } from './seed.ts'

export const BILLING_SEEDS: readonly TemplateSeed[] = [
  {
    templateCode: 'bill_ready',
    name: 'A bill is ready',
    category: 'billing',
    facts: { billNumber: 'text', amountDue: 'money', dueDate: 'date' },
    en: en(
      'Your bill {billNumber}: {amountDue}',
      'Your bill {billNumber} is ready. The amount due is {amountDue}, to be paid by {dueDate}.',
      'The bill shows where every cent comes from.',
    ),
    es: es(
      'Su factura {billNumber}: {amountDue}',
      'Su factura {billNumber} está lista. El total a pagar es {amountDue}, con fecha límite {dueDate}.',
      'La factura muestra de dónde viene cada centavo.',
    ),
  },
  {
    templateCode: 'deposit_assessed',
    name: 'A deposit is asked for',
    category: 'billing',
    legal: true,
    facts: { amount: 'money' },
    en: en(
      'A deposit of {amount}',
      'A security deposit of {amount} is required for your account. It appears on your bill.',
      'It is held for you and is returned, with interest where it is due, once your payments have been on time.',
    ),
    es: es(
      'Un depósito de {amount}',
      'Su cuenta requiere un depósito de garantía de {amount}. Aparece en su factura.',
      'Se guarda a su nombre y se devuelve, con intereses cuando corresponda, tras pagar usted puntualmente.',
    ),
  },
  {
    templateCode: 'deposit_refunded',
    name: 'A deposit is returned',
    category: 'billing',
    facts: { amount: 'money' },
    en: en(
      'Your deposit is returned',
      'Your deposit of {amount} is returned to you. Thank you for paying on time.',
    ),
    es: es(
      'Le devolvemos su depósito',
      'Le devolvemos su depósito de {amount}. Gracias por pagar puntualmente.',
    ),
  },
]

export const PAYMENT_SEEDS: readonly TemplateSeed[] = [
  {
    templateCode: 'payment_received',
    name: 'A payment was received',
    category: 'payment',
    letters: false,
    facts: { amount: 'money', paymentDate: 'date' },
    en: en('Thank you for your payment', 'Your payment of {amount} was received on {paymentDate}.'),
    es: es('Gracias por su pago', 'Su pago de {amount} se recibió el {paymentDate}.'),
  },
  {
    templateCode: 'payment_returned',
    name: 'A payment was returned',
    category: 'payment',
    facts: { amount: 'money', returnedOn: 'date' },
    en: en(
      'Your payment was returned',
      'On {returnedOn} the bank returned your payment of {amount}. The amount is owed again.',
      'Please pay in another way as soon as you can. A fee for returned payments may appear on your next bill.',
    ),
    es: es(
      'Su pago fue devuelto',
      'El {returnedOn} el banco devolvió su pago de {amount}. El importe vuelve a estar pendiente.',
      'Pague de otra manera lo antes posible. Su próxima factura puede incluir un cargo por pago devuelto.',
    ),
  },
  {
    templateCode: 'autopay_scheduled',
    name: 'Autopay will take an amount',
    category: 'payment',
    letters: false,
    facts: { amount: 'money', drawDate: 'date' },
    en: en(
      'Autopay on {drawDate}: {amount}',
      'Autopay takes {amount} on {drawDate}. You do not need to do anything.',
    ),
    es: es(
      'Pago automático del {drawDate}: {amount}',
      'El pago automático cobrará {amount} el {drawDate}. No necesita hacer nada.',
    ),
  },
  {
    templateCode: 'autopay_held',
    name: 'A bill is above the autopay limit',
    category: 'payment',
    facts: { amount: 'money' },
    en: en(
      'Autopay will not take {amount}',
      'Your bill of {amount} is above the limit that you set for autopay, so autopay will not take it.',
      'Please pay this bill in another way, or raise the limit.',
    ),
    es: es(
      'El pago automático no cobrará {amount}',
      'Su factura de {amount} supera el límite que usted fijó para el pago automático, que por eso no la cobrará.',
      'Pague esta factura de otra manera o aumente el límite.',
    ),
  },
  {
    templateCode: 'autopay_suspended',
    name: 'Autopay is suspended',
    category: 'payment',
    facts: {},
    en: en(
      'Autopay is suspended',
      'Your bank returned several autopay payments, so autopay takes nothing any more.',
      'Please pay your bills in another way, and tell us of another payment method to take autopay up again.',
    ),
    es: es(
      'El pago automático está suspendido',
      'Su banco devolvió varios pagos automáticos, por lo que ya no se cobrará nada automáticamente.',
      'Pague sus facturas de otra manera e indíquenos otro método de pago para reanudar el pago automático.',
    ),
  },
  {
    templateCode: 'payment_declined',
    name: 'An amount could not be taken',
    category: 'payment',
    facts: { amount: 'money' },
    en: en(
      'Your payment of {amount} could not be taken',
      'Your payment method did not allow a payment of {amount}. Please check it, or pay in another way.',
    ),
    es: es(
      'No se pudo cobrar su pago de {amount}',
      'Su método de pago no permitió cobrar {amount}. Revíselo o pague de otra manera.',
    ),
  },
]
