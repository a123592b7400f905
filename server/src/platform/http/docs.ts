import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { openApiText } from './openapi.ts'

type DescribedDoor = Parameters<typeof openApiText>[0]

const PAGES = [
  { url: '/docs', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/docs/reader.js', file: 'reader.js', type: 'text/javascript; charset=utf-8' },
  { url: '/docs/reader.css', file: 'reader.css', type: 'text/css; charset=utf-8' },
] as const

/** This will serve each door's OpenAPI document, made when first asked for, and a reader of them. */
export async function serveDocs(app: FastifyInstance, doors: readonly DescribedDoor[]): Promise<void> {
  const texts = new Map<string, string>()
  for (const door of doors) {
    app.get(`/openapi/${door.name}.json`, async (_, reply) => {
      const text = texts.get(door.name) ?? openApiText(door)
      texts.set(door.name, text)
      return reply.type('application/json').header('cache-control', 'no-cache').send(text)
    })
  }
  app.get('/docs/doors.json', async () => doors.map(({ name, title, base }) => ({ name, title, base })))
  for (const { url, file, type } of PAGES) {
    const content = readFileSync(new URL(`docs-site/${file}`, import.meta.url))
    app.get(url, async (_, reply) => reply.type(type).header('cache-control', 'no-cache').send(content))
  }
}
