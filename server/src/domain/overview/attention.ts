import { wordMoney } from '../../formats/pdf/index.ts'
import { daysBetween } from '../../platform/time.ts'
import { customerNumber } from '../customers/index.ts'
import type { AccountRecord, AttentionRecord } from './record.ts'
import { wordWork } from './work-words.ts'

const MOST = 5

/** This will say in at most five sentences what somebody must know or do about an account, gravest first. */
export function attentionOf(account: AccountRecord): AttentionRecord[] {
  return [
    ...alerts(account),
    ...held(account),
    ...pastDue(account),
    ...withoutPlan(account),
    ...usageMissing(account),
    ...estimated(account),
    ...otherWork(account),
    ...stopping(account),
  ].slice(0, MOST)
}

const ALERT_NAMES: Readonly<Record<string, { en: string; es: string }>> = {
  life_support: { en: 'Life support', es: 'Soporte vital' },
  bankruptcy: { en: 'Bankruptcy', es: 'Bancarrota' },
  do_not_cut: { en: 'Do not disconnect', es: 'No desconectar' },
  legal_hold: { en: 'Legal hold', es: 'Retención legal' },
  note: { en: 'Note', es: 'Nota' },
}

function alerts({ alerts, customerId }: AccountRecord): AttentionRecord[] {
  return alerts.map(({ kind, text }) => {
    const name = ALERT_NAMES[kind] ?? { en: kind, es: kind }
    return {
      code: 'alert',
      severity: kind === 'note' ? 'info' : 'danger',
      text: { en: `${name.en}: ${text}`, es: `${name.es}: ${text}` },
      action: { target: 'customer', id: String(customerNumber(customerId)) },
    }
  })
}

function held({ openWorkItems, holdBills }: AccountRecord): AttentionRecord[] {
  const items = openWorkItems
    .filter((item) => item.kind === 'bill_held')
    .map((item): AttentionRecord => {
      const { en, es } = wordWork(item).reason
      return {
        code: 'bill_held',
        severity: 'danger',
        text: { en: `The next bill is held. ${en}`, es: `La próxima factura está retenida. ${es}` },
        action: { target: 'workItem', id: String(item.itemId) },
      }
    })
  if (!holdBills || items.length > 0) return items
  const text = {
    en: 'Bills of this account are held until the hold is lifted.',
    es: 'Las facturas de esta cuenta están retenidas hasta que se levante la retención.',
  }
  return [{ code: 'bill_held', severity: 'warning', text, action: { target: 'bills', id: '' } }]
}

function pastDue({ balances, accountBalances }: AccountRecord): AttentionRecord[] {
  const { pastDueCents } = accountBalances
  if (pastDueCents <= 0) return []
  const amount = wordMoney(pastDueCents)
  const text = { en: `${amount} is past due`, es: `${amount} está vencido` }
  const share = ownShare(balances.pastDueCents, pastDueCents)
  const whole = { en: `${text.en}${share.en}.`, es: `${text.es}${share.es}.` }
  return [{ code: 'past_due', severity: 'warning', text: whole, action: { target: 'money', id: '' } }]
}

/** What bills ask is the billing account's: which part of it is this service's is said when it is not all. */
function ownShare(ownCents: number, wholeCents: number) {
  if (ownCents === wholeCents) return { en: '', es: '' }
  const of = {
    en: ' on the whole billing account',
    es: ' en toda la cuenta de facturación',
  }
  if (ownCents <= 0)
    return { en: `${of.en}, none of it for this service`, es: `${of.es}; nada es de este servicio` }
  const own = wordMoney(ownCents)
  return { en: `${of.en}, ${own} of it for this service`, es: `${of.es}; ${own} es de este servicio` }
}

function withoutPlan({ plan, status }: AccountRecord): AttentionRecord[] {
  if (plan || !['active', 'pending_start', 'pending_stop'].includes(status)) return []
  const text = {
    en: 'No pricing plan is assigned, so nothing can be billed. Assign one.',
    es: 'No hay ningún plan de precios asignado y nada se puede facturar. Asigne uno.',
  }
  return [{ code: 'no_plan', severity: 'danger', text, action: { target: 'plan', id: '' } }]
}

/** Service that runs and has not been charged for more than a month and a half waits for usage. */
const LATE_DAYS = 45

function usageMissing(account: AccountRecord): AttentionRecord[] {
  if (account.status !== 'active' || account.kind !== 'service' || held(account).length > 0) return []
  const since = account.lastCharge?.endDate ?? account.startDate
  const days = since < account.today ? daysBetween(since, account.today) : 0
  if (days <= LATE_DAYS) return []
  const text = {
    en: `Nothing has been billed for ${days} days.`,
    es: `No se ha facturado nada en ${days} días.`,
  }
  return [{ code: 'usage_missing', severity: 'warning', text, action: { target: 'usage', id: '' } }]
}

function estimated({ estimatedInARow: count }: AccountRecord): AttentionRecord[] {
  if (count === 0) return []
  const text =
    count === 1
      ? {
          en: 'The last bill rests on estimated usage.',
          es: 'La última factura se basa en un consumo estimado.',
        }
      : {
          en: `The last ${count} bills rest on estimated usage.`,
          es: `Las últimas ${count} facturas se basan en un consumo estimado.`,
        }
  return [
    {
      code: 'usage_estimated',
      severity: count >= 3 ? 'warning' : 'info',
      text,
      action: { target: 'usage', id: '' },
    },
  ]
}

function otherWork({ openWorkItems }: AccountRecord): AttentionRecord[] {
  return openWorkItems
    .filter((item) => item.kind !== 'bill_held')
    .map((item) => ({
      code: 'work_item',
      severity: item.priority <= 2 ? 'warning' : 'info',
      text: wordWork(item).reason,
      action: { target: 'workItem', id: String(item.itemId) },
    }))
}

function stopping({ status, endDate }: AccountRecord): AttentionRecord[] {
  if (status !== 'pending_stop' || !endDate) return []
  const text = { en: `Service stops on ${endDate}.`, es: `El servicio termina el ${endDate}.` }
  return [{ code: 'pending_stop', severity: 'info', text, action: { target: 'timeline', id: '' } }]
}
