export interface Worded {
  en: string
  es: string
}

interface Wording {
  /** Reads the figures of the stored sentence; its named groups fill `es`. */
  sentence?: RegExp
  /** `{name}` stands for a group of `sentence`. */
  es: string
  remedy?: Worded
}

const CORRECT: Worded = {
  en: 'Correct what the reason names, then bill the account again.',
  es: 'Corrija lo que indica el motivo y vuelva a facturar la cuenta.',
}

/** Reasons by code. Without `remedy` the stored one stands in English and `CORRECT` in Spanish. */
const WORDINGS: Readonly<Record<string, readonly Wording[]>> = {
  usage_missing: [
    {
      sentence:
        /^(?<missing>\d+) of (?<count>\d+) \w+ from (?<start>[\d-]{10}) to (?<end>[\d-]{10}) are missing/,
      es: 'Faltan {missing} de {count} mediciones del {start} al {end}; impórtelas o estímelas.',
      remedy: {
        en: 'Import the missing readings, or estimate them, then bill the account again.',
        es: 'Importe las lecturas que faltan, o estímelas, y vuelva a facturar la cuenta.',
      },
    },
    {
      es: 'Faltan mediciones del período por facturar.',
      remedy: {
        en: 'Import the missing usage, then bill the account again.',
        es: 'Importe el consumo que falta y vuelva a facturar la cuenta.',
      },
    },
  ],
  usage_incomplete: [{ es: 'El consumo del período está incompleto.' }],
  usage_overlaps: [{ es: 'El consumo se cruza con otro del mismo período.' }],
  reading_missing: [{ es: 'Falta una lectura del medidor.' }],
  high_usage: [
    {
      sentence:
        /^Usage is (?<times>[\d.]+) times that of the month before: (?<now>[\d,.]+ \w+) against (?<before>[\d,.]+ \w+)/,
      es: 'El consumo es {times} veces el del mes anterior: {now} frente a {before}.',
      remedy: {
        en: 'Check the readings, then release the bill.',
        es: 'Revise las lecturas y libere la factura.',
      },
    },
    { es: 'El consumo es mucho más alto que de costumbre.' },
  ],
  plan_gap: [{ es: 'Parte del período no tiene plan de precios.' }],
  agreement_not_active: [
    {
      sentence: /was to start on (?<start>[\d-]{10})/,
      es: 'El acuerdo debía comenzar el {start} y sigue pendiente; actívelo, o cancélelo si nadie se mudó.',
    },
  ],
  posted_usage_apart: [
    {
      sentence:
        /^Posted usage (?<id>\d+) begins on (?<start>[\d-]{10}), but the agreement is to be billed from (?<from>[\d-]{10})/,
      es: 'El consumo registrado {id} empieza el {start}, pero el acuerdo se factura desde el {from}; registre los días intermedios o anúlelo.',
    },
  ],
  bills_on_hold: [
    {
      sentence: /^Bills of billing account (?<account>\d+) are on hold/,
      es: 'Las facturas de la cuenta de facturación {account} están retenidas.',
      remedy: {
        en: 'Release the hold on the billing account, then bill it again.',
        es: 'Levante la retención de la cuenta de facturación y vuelva a facturarla.',
      },
    },
  ],
  agreement_on_hold: [
    {
      sentence: /^The agreement is on hold since (?<start>[\d-]{10}): (?<why>.*)$/,
      es: 'El acuerdo está retenido desde el {start}: {why}',
      remedy: {
        en: 'End the hold of the agreement when its cause is settled, then bill the account again.',
        es: 'Termine la retención del acuerdo cuando se resuelva su causa y vuelva a facturar la cuenta.',
      },
    },
  ],
  period_uncharged: [
    {
      sentence: /leaves (?<start>[\d-]{10}) to (?<end>[\d-]{10}) uncharged/,
      es: 'El cargo anulado deja del {start} al {end} sin cobrar entre otros cargos.',
    },
  ],
  billing_defect: [
    {
      es: 'El cálculo se detuvo por una falla inesperada.',
      remedy: {
        en: 'Report the fault with this item; the next run bills the account once it is mended.',
        es: 'Informe de la falla con esta tarea; la próxima facturación incluirá la cuenta cuando se corrija.',
      },
    },
  ],
  above_limit: [
    {
      sentence: /^Bill (?<bill>\d+) of (?<amount>[\d.]+) is above the limit/,
      es: 'La factura {bill} de {amount} supera el límite que el cliente fijó para el pago automático.',
      remedy: {
        en: 'Ask the customer; release the draw, or cancel it.',
        es: 'Pregunte al cliente; libere el cobro o anúlelo.',
      },
    },
  ],
  returned_payments: [
    {
      sentence: /^(?<count>\d+) draws in a row came back; autopay of account (?<account>\d+)/,
      es: 'Se devolvieron {count} cobros seguidos; el pago automático de la cuenta {account} está suspendido.',
      remedy: {
        en: 'Ask the customer for another payment method, then resume autopay.',
        es: 'Pida al cliente otro método de pago y reanude el pago automático.',
      },
    },
  ],
  gateway_credentials: [
    {
      es: 'El procesador de pagos no acepta las credenciales.',
      remedy: {
        en: 'Correct the account with the gateway; what waits is drawn the next day.',
        es: 'Corrija la cuenta con el procesador; lo pendiente se cobrará al día siguiente.',
      },
    },
  ],
  draw_defect: [
    {
      es: 'Una falla inesperada impidió terminar lo pedido al procesador de pagos.',
      remedy: {
        en: 'Report the fault with this item; it is tried again by itself.',
        es: 'Informe de la falla con esta tarea; se volverá a intentar automáticamente.',
      },
    },
  ],
  switch_hold: [
    {
      sentence: /^A switch hold is on (?<place>.+): the occupant before left (?<amount>\$[\d,.]+\d) unpaid/,
      es: 'Hay un bloqueo de cambio en {place}: el ocupante anterior dejó {amount} sin pagar.',
      remedy: {
        en: 'Check that the new customer is not the one before, then lift the hold before the due date.',
        es: 'Compruebe que el cliente nuevo no es el anterior y levante el bloqueo antes de la fecha límite.',
      },
    },
  ],
}

/**
 * This will word a work item in both languages: what is stored is an English sentence and its code. A code without
 * Spanish words of its own says in Spanish that something stops the work, and cites the stored sentence.
 */
export function wordWork(item: { reasonCode: string; reason: string; remedy?: string }): {
  reason: Worded
  remedy: Worded
} {
  const { reasonCode, reason, remedy = '' } = item
  for (const wording of WORDINGS[reasonCode] ?? []) {
    const groups = wording.sentence ? wording.sentence.exec(reason)?.groups : {}
    if (!groups) continue
    const es = wording.es.replaceAll(/\{(\w+)\}/g, (_, name: string) => groups[name] ?? '')
    return { reason: { en: reason, es }, remedy: wording.remedy ?? { en: remedy, es: CORRECT.es } }
  }
  const es = `Algo detiene esta tarea («${reason}»).`
  return { reason: { en: reason, es }, remedy: { en: remedy || CORRECT.en, es: CORRECT.es } }
}
