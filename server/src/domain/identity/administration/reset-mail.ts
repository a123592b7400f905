import type { Tx } from '../../../platform/db/index.ts'
import { decryptField } from '../../../platform/field-cipher.ts'
import type { Instant } from '../../../platform/time.ts'
import * as store from '../store/password-reset.ts'
import { resetPlace } from './password-reset.ts'

const ATTEMPTS = 30

/** A link that waits to be mailed, in words. */
export interface ResetMail extends store.ResetKey {
  to: { name: string; address: string }
  language: 'en' | 'es'
  clientName: string
  subject: string
  body: string
  attempts: number
}

/** This will take the links that wait and count the attempt. One that was sealed with another key is given up. */
export async function takeResetMails(
  tx: Tx,
  input: { fieldKey: Buffer; publicUrl: string; limit: number; wallNow: Instant },
): Promise<ResetMail[]> {
  const mails: ResetMail[] = []
  for (const { sealed, email, displayName, userName, ...reset } of await store.takeWaiting(tx, input)) {
    const token = opened(input.fieldKey, sealed, resetPlace(reset))
    if (token === undefined) {
      const error = 'the link was sealed with another key'
      await store.finishMail(tx, reset, { mailedAt: null, error, forget: true })
      continue
    }
    const link = `${input.publicUrl.replace(/\/$/, '')}/new-password#${token}`
    const words = WORDS[reset.language]({ displayName, userName, clientName: reset.clientName, link })
    mails.push({ ...reset, to: { name: displayName, address: email }, ...words })
  }
  return mails
}

function opened(fieldKey: Buffer, sealed: Buffer, place: string): string | undefined {
  try {
    return decryptField(fieldKey, sealed, place)
  } catch {
    return undefined
  }
}

/** This will record that a link was mailed, and forget it. */
export async function resetMailed(tx: Tx, key: store.ResetKey, wallNow: Instant): Promise<void> {
  await store.finishMail(tx, key, { mailedAt: wallNow, error: null, forget: true })
}

/** This will record that mailing failed: for good when the other side refused, or after thirty attempts. */
export async function resetNotMailed(
  tx: Tx,
  mail: ResetMail,
  { error, refused }: { error: string; refused: boolean },
): Promise<void> {
  await store.finishMail(tx, mail, { mailedAt: null, error, forget: refused || mail.attempts >= ATTEMPTS })
}

interface Facts {
  displayName: string
  userName: string
  clientName: string
  link: string
}

/** The link stands after a number sign, so that no server or history of requests keeps its secret. */
const WORDS: Readonly<Record<'en' | 'es', (facts: Facts) => { subject: string; body: string }>> = {
  en: ({ displayName, userName, clientName, link }) => ({
    subject: 'Choose your password',
    body: [
      `${displayName},`,
      `with this link you choose a new password for the user ${userName} of ${clientName}:`,
      link,
      'It works once, within 24 hours. If you did not expect it, tell your administrator; nothing changes until it is used.',
    ].join('\n\n'),
  }),
  es: ({ displayName, userName, clientName, link }) => ({
    subject: 'Elija su contraseña',
    body: [
      `${displayName}:`,
      `con este enlace elige una contraseña nueva para el usuario ${userName} de ${clientName}:`,
      link,
      'Funciona una sola vez, durante 24 horas. Si no lo esperaba, avise a su administrador; nada cambia hasta que se use.',
    ].join('\n\n'),
  }),
}
