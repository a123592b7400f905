import { type Emulator, runEmulator } from './server.ts'

export const CREDENTIALS = { hostedSecureId: 'test-id', hostedSecureApiToken: 'test-token' }

export interface ChaseEmulator extends Emulator {
  /** Ends a page with a code, as its payer would. */
  endPage(uID: string, code: string): void
  /** Each page opened, by its uID. */
  pages: Map<string, { amount: string; sessionId: string; code?: string }>
}

/** This will run a far end that speaks the wire of the hosted pay page: init gives a uID, query tells by uID. */
export async function runChase(): Promise<ChaseEmulator> {
  const pages: ChaseEmulator['pages'] = new Map()
  const emulator = await runEmulator(({ path, body }) => {
    const fields = new URLSearchParams(body)
    if (fields.get('hostedSecureAPIToken') !== CREDENTIALS.hostedSecureApiToken)
      return text('code=300&message=Denied')
    if (fields.get('amount') === '9.99') return { status: 502, body: '' }
    if (fields.get('amount') === '9.98') return 'hang'
    if (path === '/direct/services/request/init') {
      const uID = `UID${pages.size + 1}`
      pages.set(uID, { amount: fields.get('amount') ?? '', sessionId: fields.get('sessionId') ?? '' })
      return text(`uID=${uID}`)
    }
    const page = pages.get(fields.get('uID') ?? '')
    if (!page?.code) return text('code=350&message=No data')
    const { code, amount, sessionId } = page
    const answer = { code, message: 'Told', amount, sessionId, transId: 'TX1', mPAN: 'XXXXXXXXXXXX4242' }
    return text(new URLSearchParams(answer).toString())
  })
  return {
    ...emulator,
    pages,
    endPage(uID, code) {
      const page = pages.get(uID)
      if (!page) throw new Error(`no page ${uID}`)
      page.code = code
    },
  }
}

const text = (body: string) => ({ status: 200, body, type: 'text/plain' })
