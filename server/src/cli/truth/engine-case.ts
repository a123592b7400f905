import { type CaseResult, Unsupported } from './comparison.ts'
import type { ExactObject } from './exact-json.ts'

export function runEngineCase(_folder: string, _given: ExactObject): CaseResult {
  throw new Unsupported('not yet')
}
