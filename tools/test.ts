import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkout, report, runChecks } from './lint.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface TestReport {
  testResults: { status: string; name: string; message: string; assertionResults: { status: string }[] }[]
}

/** This will count a run; a file that failed without a failed test (it did not load) counts as one. */
export function countTests(run: TestReport | undefined, exitCode: number | null): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of run?.testResults ?? []) {
    const statuses = file.assertionResults.map(({ status }) => status)
    const failed = statuses.filter((status) => status === 'failed').length
    counts.passed += statuses.filter((status) => status === 'passed').length
    counts.failed += failed > 0 || file.status !== 'failed' ? failed : 1
    counts.skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length
  }
  // An error outside every test, or a run that broke off, must not look green.
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

/** This will write the closing line of a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

async function runVitest(args: string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'billwright-run-'))
  const file = join(folder, 'report.json')
  const vitest = join(checkout, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: checkout,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  try {
    return countTests(JSON.parse(readFileSync(file, 'utf8')) as TestReport, code)
  } catch {
    return countTests(undefined, code ?? 1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** With arguments only the tests they name; without, the checks of `npm run lint` count as tests too. */
async function main(args: string[]): Promise<void> {
  const checks = args.length > 0 ? [] : await runChecks()
  report(checks)
  const counts = await runVitest(args)
  counts.passed += checks.filter(({ passed }) => passed).length
  const broken = checks.filter(({ passed }) => !passed)
  counts.failed += broken.length
  if (broken.length > 0)
    console.log(`\nFAILED checks, told at the top: ${broken.map(({ name }) => name).join(', ')}`)
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
  console.log(`\n${closingLine(counts)}`)
}

if (import.meta.main) await main(process.argv.slice(2))
