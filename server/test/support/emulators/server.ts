import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

/** A status and a body; `hang` never answers, `cut` ends the connection in the middle. */
export type Said = { status: number; body: unknown; type?: string } | 'hang' | 'cut'

export interface Emulator {
  url: string
  /** Everything that it was asked, oldest first. */
  asked: Asked[]
}

/** This will run a far end on this machine until the file's last test; each request is kept and answered by `answer`. */
export async function runEmulator(answer: (asked: Asked) => Said): Promise<Emulator> {
  const asked: Asked[] = []
  const server = createServer(async (request, reply) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://emulator')
    const body = Buffer.concat(chunks).toString('utf8')
    const one = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body,
    }
    asked.push(one)
    const said = answer(one)
    if (said === 'hang') return
    if (said === 'cut') {
      request.socket.destroy()
      return
    }
    const text = typeof said.body === 'string' ? said.body : JSON.stringify(said.body)
    reply.writeHead(said.status, { 'content-type': said.type ?? 'application/json' }).end(text)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}
