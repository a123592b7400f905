import { type CaseResult, Unsupported } from './comparison.ts'
import type { ExactObject } from './exact-json.ts'

export function runPublishedCase(_folder: string, _given: ExactObject): CaseResult {
  throw new Unsupported('not yet')
}
