import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { generateClient, type OpenApi } from './generate-client.ts'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('the client of the enterprise screens is the one that the door describes', () => {
  const document = JSON.parse(read('docs/openapi/enterprise.json')) as OpenApi
  const written = read('web/enterprise/src/api/client.gen.ts')
  expect(written, 'run: node tools/generate-client.ts').toBe(generateClient(document, '/enterprise/v3'))
})

test('names, choices, empty values and lists become types', () => {
  const reply = {
    type: 'object',
    required: ['list'],
    properties: { list: { type: 'array', items: { $ref: '#/x/Bill' } } },
  }
  const client = generateClient(
    {
      paths: {
        '/base/bills/{billId}': {
          get: {
            operationId: 'getBill',
            parameters: [
              { name: 'billId', in: 'path', required: true, schema: { type: ['string', 'number'] } },
              { name: 'status', in: 'query', schema: { type: ['string'], enum: ['open', 'done'] } },
            ],
            responses: { 200: { content: { 'application/json': { schema: reply } } } },
          },
        },
      },
      components: {
        schemas: { Bill: { type: 'object', properties: { note: { type: ['string', 'null'] } } } },
      },
    },
    '/base',
  )
  expect(client).toContain("getBill: 'GET /bills/{billId}'")
  expect(client).toContain("params: { billId: string }; query?: { status?: 'open' | 'done' | undefined }")
  expect(client).toContain('list: (Bill)[]')
  expect(client).toContain('note?: string | null')
})
