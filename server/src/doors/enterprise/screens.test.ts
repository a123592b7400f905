import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { testServer } from '../../../test/support/server.ts'
import { signedIn, staffedTown } from '../../../test/support/staffed-town.ts'
import { addAlert, addLog } from '../../domain/customers/index.ts'
import { Temporal } from '../../platform/time.ts'

const { db } = await testDatabase()
const { app, woken } = await testServer(db, '2026-04-02T12:00:00Z')
const town = await staffedTown(db)
const headers = await signedIn(app)
const ACCOUNT = '/customers/1/sets/1/accounts/1'
const BILL = '/customers/1/billingPackages/1/bills/1'

async function get(path: string) {
  const answer = await app.inject({ url: `/enterprise/v3${path}`, headers })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().responseData
}

async function found(query: string) {
  const answer = await app.inject({
    method: 'POST',
    url: '/enterprise/v3/find',
    headers,
    payload: { q: query },
  })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json().responseData
}

function put(path: string, payload: object) {
  return app.inject({ method: 'PUT', url: `/enterprise/v3${path}`, headers, payload })
}

test.each([
  ['00000001-01-0001', 'account', 'accountNumber'],
  ['00000001010001', 'account', 'accountNumber'],
  ['00000001-0001', 'bill', 'billNumber'],
  ['M-1001', 'meter', 'meterNumber'],
  ['1001', 'meter', 'meterNumber'],
  ['home number 1', 'account', 'name'],
  ['1 Elm', 'account', 'address'],
])('"%s" finds the %s by its %s first', async (query, kind, matchedField) => {
  const [first] = await found(query)
  expect(first).toMatchObject({ kind, matchedField, customerId: '1' })
})

test('a misspelt name still finds its people', async () => {
  const names = (await found('hom numbr')).map((one: { title: string }) => one.title)
  expect(names).toContain('Home Number 1')
  expect(names).toContain('Home Number 2')
})

test('wildcards are letters, and what is nowhere is not found', async () => {
  expect(await found('%%')).toEqual([])
  expect(await found('zzzzzz')).toEqual([])
})

test('the lines of a bill sum to its charge, and charge, credits and previous balance to what is due', async () => {
  const [bill] = await get(BILL)
  const [charge] = bill.charges
  const cents = (amount: string) => Math.round(Number(amount) * 100)
  const sum = charge.lines.reduce((total: number, line: { amount: string }) => total + cents(line.amount), 0)
  // 9.00 + 446.4 kWh x 0.10 = 44.64 + 5 % of 53.64 = 2.68 -> 56.32
  expect(charge.lines.map((line: { amount: string }) => line.amount)).toEqual(['9.00', '44.64', '2.68'])
  expect(sum).toBe(cents(charge.amount))
  expect(bill).toMatchObject({
    amountDueAmount: '56.32',
    previousBalanceAmount: '0.00',
    creditsAmount: '0.00',
    chargesAmount: '56.32',
    consumptionNumber: '446.4',
  })
  expect(bill.history.map((past: { billId: string }) => past.billId)).toEqual(['1'])
})

test('the trace of an energy line shows the intervals that sum to its quantity', async () => {
  const [trace] = await get(`${BILL}/lines/1-2/trace`)
  // January has 31 days of 24 hours, each hour 0.6 kWh.
  expect(trace.usage.values).toHaveLength(744)
  expect(trace.usage).toMatchObject({ countedSum: '446.4', agrees: 'Y' })
  expect(trace.usage.daySums).toHaveLength(31)
  expect(trace.usage.daySums[0]).toEqual({ day: '2026-01-01', quantity: '14.4' })
  expect(trace.line.formula.en).toBe('446.4 kWh × $0.10')
})

test('the trace of a tax line shows the lines it was computed on', async () => {
  const [trace] = await get(`${BILL}/lines/1-3/trace`)
  expect(trace.baseLines.map((line: { lineId: string }) => line.lineId)).toEqual(['1-1', '1-2'])
  expect(trace).toMatchObject({ usage: null, line: { formula: { en: '5% of $53.64', es: '5% de $53.64' } } })
})

test('the day on which the clocks go forward has 23 hours', async () => {
  const range = 'from=2026-03-08&to=2026-03-09'
  const [hours] = await get(`${ACCOUNT}/intervals?${range}&grain=hour`)
  expect(hours.channels[0].values).toHaveLength(23)
  const [days] = await get(`${ACCOUNT}/intervals?${range}&grain=day`)
  // 23 h x 0.6 kWh = 13.8 kWh, in units of 10^-6 kWh
  expect(days.channels[0]).toMatchObject({ values: [13_800_000], scale: 6, quality: ['measured'] })
})

test('what was not measured is null, and a sum with gaps says so', async () => {
  const [days] = await get(`${ACCOUNT}/intervals?from=2026-03-31&to=2026-04-02&grain=day`)
  expect(days.channels[0].values).toEqual([14_400_000, null])
  const [months] = await get(`${ACCOUNT}/intervals?from=2026-03-31&to=2026-04-02&grain=month`)
  expect(months.channels[0]).toMatchObject({ values: [14_400_000, null], quality: ['measured', 'missing'] })
})

test('attention comes gravest first and names what to do', async () => {
  await db.transaction(async (tx) => {
    const customerId = town.homes[0]?.customerId ?? 0
    const now = Temporal.Instant.from('2026-03-01T00:00:00Z')
    const actor = { actor: 'user:administrator', door: 'enterprise' as const }
    await addAlert(tx, {
      customerId,
      kind: 'life_support',
      text: 'ventilator',
      startDate: '2026-03-01',
      now,
      actor,
    })
    await addLog(tx, { customerId, at: now, actor, kind: 'call', text: 'Asked about the January bill' })
  })
  const attention = await get(`${ACCOUNT}/attention`)
  expect(attention.map((one: { code: string }) => one.code)).toEqual(['alert', 'past_due', 'usage_missing'])
  expect(attention[0].text).toEqual({ en: 'Life support: ventilator', es: 'Soporte vital: ventilator' })
  expect(attention[1].text.en).toBe('$56.32 is past due.')
})

test('the timeline pages without losing or repeating an event', async () => {
  const whole = await get(`${ACCOUNT}/timeline`)
  const paged = []
  for (let before = ''; ; ) {
    const [event] = await get(`${ACCOUNT}/timeline?limit=1${before}`)
    if (!event) break
    paged.push(event)
    before = `&before=${encodeURIComponent(event.cursor)}`
  }
  expect(paged).toEqual(whole)
  const kinds = new Set(whole.map((event: { kind: string }) => event.kind))
  for (const kind of ['bill', 'usage', 'contact', 'plan', 'agreement', 'meter']) expect(kinds).toContain(kind)
  const calls = await get(`${ACCOUNT}/timeline?kinds=contact`)
  expect(calls.map((event: { code: string }) => event.code)).toEqual(['call'])
})

test('charging an account charges its usage up to the day and keeps the reason', async () => {
  const answer = await put(`${ACCOUNT}/charge`, {
    effectiveDate: '2026-03-01',
    logText: 'Asked for it early',
  })
  const [charged] = answer.json().responseData
  // February: 28 x 24 h x 0.6 kWh = 403.2 kWh x 0.10 = 40.32; + 9.00 = 49.32; 5 % = 2.466 -> 2.47; 51.79
  expect(charged.charges).toMatchObject([
    { startDate: '2026-02-01', endDate: '2026-03-01', totalChargeAmount: '51.79' },
  ])
  const audit = await db.read
    .selectFrom('audit_entry')
    .selectAll()
    .where('operation', '=', 'chargeAgreement')
    .execute()
  expect(audit).toMatchObject([
    { actor: 'user:administrator', reason: 'Asked for it early', door: 'enterprise' },
  ])
  const notes = await get(`${ACCOUNT}/timeline?kinds=contact`)
  expect(notes[0].detail.en).toBe('Asked for it early')
})

test('a bill run is started, paused, resumed and cancelled, and wakes the workers', async () => {
  const body = { billCycleCode: 'C01', periodEndDate: '2026-04-01' }
  const started = await app.inject({ method: 'POST', url: '/enterprise/v3/billRuns', headers, payload: body })
  expect(started.json().responseData[0]).toMatchObject({
    statusCode: 'running',
    accountsNumber: '2',
    doneNumber: '0',
  })
  const { billRunId } = started.json().responseData[0]
  expect(woken.at(-1)).toEqual({ clientId: town.clientId, runId: Number(billRunId) })
  const second = await app.inject({ method: 'POST', url: '/enterprise/v3/billRuns', headers, payload: body })
  expect(second.json()).toMatchObject({ status: 409, code: 'bill_run_unfinished' })
  for (const [action, statusCode] of [
    ['pause', 'paused'],
    ['resume', 'running'],
    ['cancel', 'cancelled'],
  ]) {
    const changed = await put(`/billRuns/${billRunId}/${action}`, {})
    expect(changed.json().responseData[0].statusCode).toBe(statusCode)
  }
  expect((await put(`/billRuns/${billRunId}/cancel`, {})).json().status).toBe(409)
})

test('the PDF of a bill is a file of the browser', async () => {
  const answer = await app.inject({ url: `/enterprise/v3${BILL}/view`, headers })
  expect(answer.headers['content-type']).toBe('application/pdf')
  expect(answer.headers['content-disposition']).toBe('inline; filename="bill-00000001-0001.pdf"')
  expect(answer.body.startsWith('%PDF-')).toBe(true)
})
