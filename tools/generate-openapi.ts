import { mkdirSync, writeFileSync } from 'node:fs'
import { doors } from '../server/src/doors/index.ts'
import { openApiText } from '../server/src/platform/http/openapi.ts'

const folder = new URL('../docs/openapi/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const door of doors) {
  writeFileSync(new URL(`${door.name}.json`, folder), openApiText(door))
  console.log(`docs/openapi/${door.name}.json: ${door.endpoints.length} operations`)
}
