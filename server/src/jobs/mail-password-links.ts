import { type ResetMail, resetMailed, resetNotMailed, takeResetMails } from '../domain/identity/index.ts'
import { emailBody } from '../domain/notices/index.ts'
import { MailError } from '../platform/mail.ts'
import { type Clock, systemClock } from '../platform/time.ts'
import type { MailContext } from './deliver-mail.ts'

const BATCH = 20

/** What mailing links to a new password takes. */
export interface LinkContext extends Omit<MailContext, 'clock'> {
  /** Opens the tokens, as whoever asked for the links sealed them. */
  fieldKey: Buffer
  /** Where people reach the server: links are made of it. */
  publicUrl: string
  /** The machine's, by which links end. */
  wallClock?: Clock
}

/** This will mail the links to a new password that wait, and tell how many went out. */
export async function mailPasswordLinks(context: LinkContext): Promise<number> {
  const { database, fieldKey, publicUrl, wallClock = systemClock } = context
  const batch = { fieldKey, publicUrl, limit: BATCH, wallNow: wallClock() }
  const mails = await database.transaction((tx) => takeResetMails(tx, batch))
  let sent = 0
  for (const mail of mails) if (await mailOne(context, mail)) sent++
  return sent
}

async function mailOne(
  { database, mailer, wallClock = systemClock }: LinkContext,
  mail: ResetMail,
): Promise<boolean> {
  const { to, subject, language, clientName, clientId, userId, resetNumber } = mail
  try {
    const id = `password-${clientId}-${userId}-${resetNumber}`
    await mailer.send({ to, subject, language, id, ...emailBody(mail, clientName) })
  } catch (error) {
    const failure = { error: (error as Error).message, refused: error instanceof MailError && error.refused }
    await database.transaction((tx) => resetNotMailed(tx, mail, failure))
    return false
  }
  await database.transaction((tx) => resetMailed(tx, mail, wallClock()))
  return true
}
