import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Refusal } from './errors.ts'
import { createOutgoing, requireOutgoingUrl } from './outgoing.ts'
import { isPublicAddress } from './public-address.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** Listens on the loopback and gives the port. */
async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

const codeOf = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  return error instanceof Refusal ? error.code : error
}

test('a listed host is asked, over plain http and at a private address', async () => {
  const port = await listen(async (request, reply) => {
    let body = ''
    for await (const chunk of request) body += chunk
    reply.writeHead(201, { 'x-seen': `${request.method} ${request.url} ${request.headers['x-ask']}` })
    reply.end(`${body}!`)
  })
  const outgoing = createOutgoing({ allowHosts: ['127.0.0.1'] })
  const call = { method: 'POST', headers: { 'x-ask': 'why' }, body: 'señor' } as const
  const reply = await outgoing.request(`http://127.0.0.1:${port}/a?b=c`, call)
  expect(reply).toMatchObject({ status: 201, body: 'señor!' })
  expect(reply.headers['x-seen']).toBe('POST /a?b=c why')
})

test.each([
  ['http://example.com/', 'outgoing_url'],
  ['ftp://example.com/', 'outgoing_url'],
  ['file:///etc/passwd', 'outgoing_url'],
  ['https://user:pass@example.com/', 'outgoing_url'],
  ['not an address', 'outgoing_url'],
  ['https://127.0.0.1/', 'outgoing_address'],
  ['https://2130706433/', 'outgoing_address'], // 127.0.0.1 as one number
  ['https://0x7f.1/', 'outgoing_address'],
  ['https://[::1]/', 'outgoing_address'],
  ['https://[::ffff:10.0.0.1]/', 'outgoing_address'],
  ['https://169.254.169.254/latest/meta-data', 'outgoing_address'],
  ['https://10.1.2.3/', 'outgoing_address'],
  ['https://localhost./', 'outgoing_address'],
])('%s is refused before anything is sent: %s', async (url, code) => {
  const outgoing = createOutgoing({ allowHosts: [], resolve: async () => ['127.0.0.1'] })
  expect(await codeOf(outgoing.request(url))).toBe(code)
})

test('a host with one private address among public ones is refused, one without any too', async () => {
  const resolve = async (host: string) => (host === 'nowhere.example' ? [] : ['93.184.216.34', '192.168.1.1'])
  const outgoing = createOutgoing({ allowHosts: [], resolve })
  expect(await codeOf(outgoing.request('https://mixed.example/'))).toBe('outgoing_address')
  expect(await codeOf(outgoing.request('https://nowhere.example/'))).toBe('outgoing_unresolved')
})

test('the checked address is the one that is called: a name is resolved once', async () => {
  const port = await listen((request, reply) => reply.end(request.headers.host))
  const answers = [['127.0.0.1'], ['203.0.113.9']]
  const resolve = async () => answers.shift() ?? []
  const outgoing = createOutgoing({ allowHosts: ['pinned.example'], resolve })
  const reply = await outgoing.request(`http://pinned.example:${port}/`)
  expect(reply.body).toBe(`pinned.example:${port}`)
  expect(answers).toHaveLength(1)
})

test('a redirect is an answer, never followed', async () => {
  let asked = 0
  const port = await listen((_request, reply) => {
    asked++
    reply.writeHead(302, { location: '/elsewhere' }).end()
  })
  const reply = await createOutgoing({ allowHosts: ['127.0.0.1'] }).request(`http://127.0.0.1:${port}/`)
  expect([reply.status, reply.headers.location, asked]).toEqual([302, '/elsewhere', 1])
})

test('an answer that does not come, or never ends, is given up', async () => {
  const silent = await listen(() => {})
  const dripping = await listen((_request, reply) => void reply.write('a'))
  const outgoing = createOutgoing({ allowHosts: ['127.0.0.1'], timeoutMs: 100 })
  expect(await codeOf(outgoing.request(`http://127.0.0.1:${silent}/`))).toBe('outgoing_timeout')
  expect(await codeOf(outgoing.request(`http://127.0.0.1:${dripping}/`))).toBe('outgoing_timeout')
  const slow = createOutgoing({ allowHosts: [], timeoutMs: 50, resolve: () => new Promise(() => {}) })
  expect(await codeOf(slow.request('https://slow.example/'))).toBe('outgoing_timeout')
})

test('an answer above the limit, and a connection that breaks, are refused', async () => {
  const large = await listen((_request, reply) => reply.end('x'.repeat(1001)))
  const broken = await listen((request) => void request.socket.destroy())
  const outgoing = createOutgoing({ allowHosts: ['127.0.0.1'], maxBytes: 1000 })
  expect(await codeOf(outgoing.request(`http://127.0.0.1:${large}/`))).toBe('outgoing_too_large')
  expect(await codeOf(outgoing.request(`http://127.0.0.1:${broken}/`))).toBe('outgoing_failed')
})

test('what a refusal says names the host, never the path', async () => {
  const port = await listen((request) => void request.socket.destroy())
  const call = createOutgoing({ allowHosts: ['127.0.0.1'] }).request(`http://127.0.0.1:${port}/secret-path`)
  await expect(call).rejects.toThrow(`127.0.0.1:${port} could not be asked`)
  await expect(call).rejects.not.toThrow('secret-path')
})

test("addresses that are nobody else's on the internet are not public", () => {
  const kept = [
    '0.0.0.0',
    '100.64.0.1',
    '172.31.255.255',
    '192.0.2.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ]
  const six = [
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ]
  expect([...kept, ...six, 'example.com'].filter(isPublicAddress)).toEqual([])
  const reached = ['8.8.8.8', '172.32.0.1', '2606:4700:4700::1111']
  expect(reached.filter(isPublicAddress)).toEqual(reached)
})

test('an address can be judged by its form alone', () => {
  expect(() => requireOutgoingUrl('https://example.com/hook', [])).not.toThrow()
  expect(() => requireOutgoingUrl('http://example.com/hook', [])).toThrow('must begin with https://')
})
