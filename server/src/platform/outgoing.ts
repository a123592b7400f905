import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { Refusal } from './errors.ts'
import { isPublicAddress } from './public-address.ts'

export interface OutgoingOptions {
  /** Hosts that may be called although their address is private, and over plain http. */
  allowHosts: readonly string[]
  /** For the whole exchange, from the name's resolution to the answer's last byte. */
  timeoutMs?: number
  /** Of the answer's body. */
  maxBytes?: number
  /** Gives the addresses of a host; the system's resolver when left out. */
  resolve?: (host: string) => Promise<string[]>
}

export interface OutgoingRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string
}

export interface OutgoingReply {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  /** Read as UTF-8. */
  body: string
}

/** Calls to hosts that others named. Any status is a reply; redirects are replies too and never followed. */
export interface Outgoing {
  /**
   * Refuses before anything is sent: `outgoing_url`, `outgoing_address`, `outgoing_unresolved`. Refuses when it is
   * unknown whether the other side took the request: `outgoing_timeout`, `outgoing_failed`, `outgoing_too_large`.
   */
  request(url: string, request?: OutgoingRequest): Promise<OutgoingReply>
}

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1_000_000

/**
 * This will make a client for calls to hosts that others named. It speaks https, to public addresses only, and
 * connects to the very address it has checked. Listed hosts may be private and may speak http.
 */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, resolve = systemAddresses } = options
  const allowed = new Set(options.allowHosts.map((host) => bareHost(host.toLowerCase())))
  return {
    async request(text, request = {}) {
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        const { url, host } = readUrl(text, allowed)
        const address = await before(signal, addressOf(host, allowed.has(host), resolve))
        return await exchange(url, address, request, { signal, maxBytes })
      } catch (error) {
        if (error instanceof Refusal) throw error
        if (signal.aborted) throw unanswered('outgoing_timeout', text, `did not answer in ${timeoutMs} ms`)
        const { code, message } = error as { code?: string; message: string }
        throw unanswered('outgoing_failed', text, `could not be asked (${code ?? message})`)
      }
    },
  }
}

/** This will refuse an address that no call may go to by its form alone: not https, with a password, without a host. */
export function requireOutgoingUrl(text: string, allowHosts: readonly string[]): void {
  readUrl(text, new Set(allowHosts.map((host) => bareHost(host.toLowerCase()))))
}

function readUrl(text: string, allowed: ReadonlySet<string>): { url: URL; host: string } {
  const url = URL.parse(text)
  if (!url) throw wrongUrl('The address cannot be read; write it like https://example.com/path.')
  const host = bareHost(url.hostname)
  if (url.username || url.password)
    throw wrongUrl(`The address of ${host} carries a password; give credentials apart from it.`)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && allowed.has(host))) return { url, host }
  throw wrongUrl(`The address of ${host || 'a host'} must begin with https://.`)
}

/** Without the brackets of an IPv6 address and the final dot of a full name. */
function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

function wrongUrl(sentence: string): Refusal {
  return new Refusal('rule', 'outgoing_url', sentence)
}

/** The path may carry secrets; only the host is told. */
function unanswered(code: string, url: string, what: string): Refusal {
  return new Refusal('unavailable', code, `${URL.parse(url)?.host ?? 'The host'} ${what}; try again later.`)
}

async function systemAddresses(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

/** One forbidden address among several is enough to refuse: the host would choose which one is called. */
async function addressOf(
  host: string,
  allowed: boolean,
  resolve: (host: string) => Promise<string[]>,
): Promise<string> {
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => [])
  const [first] = addresses
  if (first === undefined)
    throw new Refusal(
      'unavailable',
      'outgoing_unresolved',
      `The host ${host} has no address; check its name.`,
    )
  if (allowed || addresses.every(isPublicAddress)) return first
  throw new Refusal(
    'rule',
    'outgoing_address',
    `The host ${host} has a private address; the operator may list it in BILLWRIGHT_ALLOW_HOSTS.`,
  )
}

/** Nothing can end a name's resolution; it is left behind when time is up. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason), { once: true })
    work.then(done, fail)
  })
}

interface Limits {
  signal: AbortSignal
  maxBytes: number
}

/** Connects to the checked address: whatever the name resolves to by now is not asked. */
function exchange(
  url: URL,
  address: string,
  request: OutgoingRequest,
  limits: Limits,
): Promise<OutgoingReply> {
  const { method = 'GET', headers = {}, body } = request
  return new Promise((done, fail) => {
    const sent = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal: limits.signal,
      lookup: (_host, { all }, answer) => {
        const family = isIP(address)
        if (all) answer(null, [{ address, family }])
        else answer(null, address, family)
      },
    })
    sent.on('error', fail)
    sent.on('response', (reply) => readReply(reply, limits).then(done, fail))
    sent.end(body)
  })
}

async function readReply(reply: http.IncomingMessage, { maxBytes }: Limits): Promise<OutgoingReply> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of reply) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      reply.destroy()
      throw new Refusal('too_large', 'outgoing_too_large', `The answer is larger than ${maxBytes} bytes.`)
    }
    chunks.push(chunk)
  }
  const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value)])
  return {
    status: reply.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  }
}
