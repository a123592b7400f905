import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

export interface CaughtMail {
  from: string
  to: string[]
  /** Headers and body as they were sent. */
  raw: string
  /** Unfolded; names in lower case. */
  headers: Record<string, string>
  /** The decoded parts of the message by media type. */
  parts: Record<string, Buffer>
}

export interface MailServer {
  /** `smtp://127.0.0.1:PORT` */
  url: string
  caught: CaughtMail[]
  /** Answers to recipients, by address: `550 no such user`. */
  answers: Map<string, string>
  close(): void
}

/** This will open a mail server on the loopback that keeps what it gets and delivers nothing. Source: RFC 5321. */
export async function openMailServer(): Promise<MailServer> {
  const caught: CaughtMail[] = []
  const answers = new Map<string, string>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}))
    void converse(socket, caught, answers)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caught,
    answers,
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function converse(socket: Socket, caught: CaughtMail[], answers: Map<string, string>): Promise<void> {
  const say = (line: string) => socket.write(`${line}\r\n`)
  let mail = { from: '', to: [] as string[] }
  let data: string[] | undefined
  say('220 caught.example ready')
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (data) {
      if (line !== '.') data.push(line.replace(/^\.\./, '.'))
      else {
        caught.push({ ...mail, ...readMessage(data.join('\r\n')) })
        data = undefined
        say('250 kept')
      }
      continue
    }
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    const command = line.slice(0, 4).toUpperCase()
    if (command === 'EHLO' || command === 'HELO') say('250 caught.example')
    else if (command === 'MAIL') {
      mail = { from: address, to: [] }
      say('250 ok')
    } else if (command === 'RCPT') {
      const answer = answers.get(address) ?? '250 ok'
      if (answer.startsWith('2')) mail.to.push(address)
      say(answer)
    } else if (command === 'DATA') {
      data = []
      say('354 go on')
    } else if (command === 'QUIT') {
      say('221 bye')
      socket.end()
    } else say('250 ok')
  }
}

function readMessage(raw: string): Pick<CaughtMail, 'raw' | 'headers' | 'parts'> {
  const parts: Record<string, Buffer> = {}
  const { headers } = readPart(raw, parts)
  return { raw, headers, parts }
}

/** Adds the leaves of a message to `parts`, decoded. Source: RFC 2045, 2046. */
function readPart(text: string, parts: Record<string, Buffer>): { headers: Record<string, string> } {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const headers = Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )
  const type: string = headers['content-type'] ?? 'text/plain'
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1]
  if (boundary) {
    for (const part of body.split(`--${boundary}`).slice(1, -1)) readPart(part.replace(/^\r\n/, ''), parts)
  } else parts[type.split(';')[0] ?? ''] = decode(body, headers['content-transfer-encoding'])
  return { headers }
}

function decode(body: string, encoding = '7bit'): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body)
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}
