import { existsSync } from 'node:fs'
import { listClients } from '../../domain/identity/index.ts'
import { countWaiting, listEndpoints } from '../../domain/notices/index.ts'
import type { Config } from '../../platform/config.ts'
import { type Database, migrate } from '../../platform/db/index.ts'
import { createMailer } from '../../platform/mail.ts'
import { installationOf, openDatabase } from '../installation.ts'
import { fault, ok, warning } from './finding.ts'

/** This will say hello to the mail server, or tell that none is named. */
export async function checkMail({ mail }: Config) {
  if (!mail) {
    return warning(
      'no mail server; set BILLWRIGHT_SMTP_URL and BILLWRIGHT_MAIL_FROM, until then e-mail waits and letters are printed.',
    )
  }
  const mailer = createMailer(mail)
  try {
    await mailer.check()
    return ok(`the mail server answers, mail is from ${mail.from}`)
  } catch (error) {
    return fault(
      `the mail server does not answer (${(error as Error).message}); correct BILLWRIGHT_SMTP_URL.`,
    )
  } finally {
    mailer.close()
  }
}

/** This will tell which notices wait or failed, and which webhooks do not get through. */
export async function checkDelivery(config: Config) {
  if (config.databaseUrl === undefined && !existsSync(`${config.dataDir}/postgres`))
    return ok('nothing waits')
  const opened = await openDatabase(config)
  try {
    if ((await migrate({ connectionString: opened.connectionString, check: true })).length > 0)
      return ok('looked at once the database is up to date')
    const { database, close } = await installationOf(config, { ...opened, close: async () => {} })
    try {
      const troubles = [...(await noticeTroubles(database)), ...(await webhookTroubles(database))]
      return troubles.length === 0 ? ok('nothing waits for long') : warning(`${troubles.join('; ')}.`)
    } finally {
      await close()
    }
  } finally {
    await opened.close()
  }
}

async function noticeTroubles({ read }: Database): Promise<string[]> {
  return (await countWaiting(read)).map(({ channel, status, notices }) => {
    if (status === 'failed') return `${notices} ${channel} notices failed, see their work items`
    return channel === 'letter'
      ? `${notices} letters wait, print them with billwright print DIR`
      : `${notices} ${channel} notices wait`
  })
}

async function webhookTroubles({ read }: Database): Promise<string[]> {
  const troubles = []
  for (const { clientId, code } of await listClients(read)) {
    for (const { endpointId, status, failingSince } of await listEndpoints(read, clientId)) {
      const about = `webhook ${endpointId} of ${code}`
      if (status === 'disabled')
        troubles.push(`${about} is disabled, enable it with billwright webhook enable`)
      else if (failingSince) troubles.push(`${about} fails since ${failingSince}, mend its receiver`)
    }
  }
  return troubles
}
