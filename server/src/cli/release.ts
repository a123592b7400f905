import { readFileSync } from 'node:fs'

/** This will give the release of the program. */
export function release(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
