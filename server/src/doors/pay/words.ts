const en = {
  thisLanguage: 'In English',
  title: 'Payment',
  payTo: 'Pay',
  choose: 'Choose a test method',
  pay: 'Pay',
  cancel: 'Do not pay',
  saved: 'The method will be kept for later payments.',
  paid: 'Paid. Thank you.',
  declined: 'The payment was declined. Go back and try another method.',
  cancelled: 'You did not pay.',
  expired: 'This page is too old. Go back and begin again.',
  back: 'Back to',
  unknown: 'There is no such payment',
  unknownHint: 'Open the payment again from where you came from.',
  sandbox: 'This is a test page: no money moves, and no card or account number is asked for.',
}

export type Words = typeof en

/** What the page says. */
export const WORDS: Readonly<Record<'en' | 'es', Words>> = {
  en,
  es: {
    thisLanguage: 'En español',
    title: 'Pago',
    payTo: 'Pagar a',
    choose: 'Elija un método de prueba',
    pay: 'Pagar',
    cancel: 'No pagar',
    saved: 'El método se guardará para pagos posteriores.',
    paid: 'Pagado. Gracias.',
    declined: 'El pago fue rechazado. Regrese e intente con otro método.',
    cancelled: 'Usted no pagó.',
    expired: 'Esta página ya caducó. Regrese y comience de nuevo.',
    back: 'Regresar a',
    unknown: 'No existe ese pago',
    unknownHint: 'Abra el pago otra vez desde donde vino.',
    sandbox: 'Esta es una página de prueba: no se mueve dinero ni se pide ningún número de tarjeta o cuenta.',
  },
}
