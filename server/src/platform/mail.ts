import { createTransport } from 'nodemailer'

export interface Mail {
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** The same for every attempt, so that a mailbox can tell a repetition: `1-42-7`. */
  id: string
  /** BCP 47 */
  language: string
  attachments?: { fileName: string; mediaType: string; content: Uint8Array }[]
}

/** A mail that did not go out; `refused` when trying again cannot help. */
export class MailError extends Error {
  readonly refused: boolean
  constructor(message: string, refused: boolean) {
    super(message)
    this.name = 'MailError'
    this.refused = refused
  }
}

export interface Mailer {
  /** Throws `MailError`. */
  send(mail: Mail): Promise<void>
  /** Says hello and signs in; throws `MailError` when that fails. */
  check(): Promise<void>
  close(): void
}

const TIMEOUT_MS = 20_000

/** This will make a sender of e-mail over one server, as `smtp://user:password@host:587` names it. */
export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
  const limits = { disableFileAccess: true, disableUrlAccess: true }
  const transport = createTransport(
    { url: smtpUrl, pool: true, maxConnections: 2, ...timeouts, ...limits },
    { from },
  )
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  return {
    async send({ to, id, language, attachments = [], ...mail }) {
      await told(
        transport.sendMail({
          ...mail,
          to,
          messageId: `<${id}@${domain}>`,
          headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
          attachments: attachments.map(({ fileName, mediaType, content }) => ({
            filename: fileName,
            contentType: mediaType,
            content: Buffer.from(content),
          })),
        }),
      )
    },
    check: () => told(transport.verify()),
    close: () => transport.close(),
  }
}

/** A 5xx answer to the recipient or the message is final; everything else may pass. Source: RFC 5321, 4.2.1. */
async function told(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    const { code, command, responseCode, response, message } = error as {
      code?: string
      command?: string
      responseCode?: number
      response?: string
      message: string
    }
    const final = ['EENVELOPE', 'EMESSAGE'].includes(code ?? '') && (responseCode ?? 0) >= 500
    throw new MailError(response ?? `${message}${command ? ` (${command})` : ''}`, final)
  }
}
