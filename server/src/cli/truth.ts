import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Refusal } from '../platform/errors.ts'
import type { CaseResult } from './truth/comparison.ts'
import { runEdgeCase } from './truth/edge-case.ts'
import { runEngineCase } from './truth/engine-case.ts'
import { type ExactObject, list, object, readExactJson, text } from './truth/exact-json.ts'
import { runIntervalCase } from './truth/interval-case.ts'
import { runPublishedCase } from './truth/published-case.ts'
import { Unsupported } from './truth/unsupported.ts'

type Runner = (folder: string, given: ExactObject) => CaseResult

const FOLDERS: Record<string, Runner> = {
  expected: runIntervalCase,
  engines: runEngineCase,
  published: runPublishedCase,
  edge: runEdgeCase,
}

/** This will add `billwright truth`: every case of a corpus of bills, priced and compared. */
export function truth(program: Command): void {
  program
    .command('truth')
    .argument('<dir>', 'folder with expected/, engines/, published/ and edge/')
    .option('--json', 'print results as JSON')
    .description('price every case of a corpus of known bills and compare every number')
    .action((folder: string, options: { json?: boolean }) => {
      const results = runCorpus(folder)
      const passed = results.filter((result) => result.passed).length
      if (options.json) console.log(JSON.stringify({ passed, failed: results.length - passed, results }))
      else {
        for (const result of results) console.log(lineOf(result))
        console.log(`${passed} passed, ${results.length - passed} failed`)
      }
      if (passed < results.length) process.exitCode = 1
    })
}

/** This will price every case of a corpus, in the order of folders and files. Refuses a folder without cases. */
export function runCorpus(folder: string): CaseResult[] {
  return [...casesOf(folder)].map(({ run, given }) => runCase(folder, run, given))
}

function* casesOf(folder: string): Generator<{ run: Runner; given: ExactObject }> {
  let found = 0
  for (const [name, run] of Object.entries(FOLDERS)) {
    const path = join(folder, name)
    if (!existsSync(path)) continue
    for (const file of readdirSync(path)
      .filter((entry) => entry.endsWith('.json'))
      .sort()) {
      const read = object(readExactJson(readFileSync(join(path, file), 'utf8')))
      const cases =
        read.cases === undefined
          ? [{ id: file.replace(/\.json$/, ''), ...read }]
          : list(read.cases).map(object)
      found += cases.length
      for (const given of cases) yield { run, given }
    }
  }
  if (found === 0)
    throw new Refusal(
      'not_found',
      'no_cases',
      `"${folder}" holds no cases: name a folder with expected/, engines/, published/ or edge/ in it.`,
    )
}

function runCase(folder: string, run: Runner, given: ExactObject): CaseResult {
  try {
    return run(folder, given)
  } catch (error) {
    const reason = error instanceof Refusal || error instanceof Unsupported ? error.message : String(error)
    return { id: text(given.id), passed: false, compared: 0, largest: '', detail: reason }
  }
}

function lineOf({ id, passed, compared, largest, detail }: CaseResult): string {
  if (passed) return `ok    ${id}: ${compared} numbers, largest difference ${largest}`
  return `FAIL  ${id}: ${detail}${compared > 0 ? ` (${compared} numbers, largest difference ${largest})` : ''}`
}
