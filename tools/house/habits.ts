import type { SourceFile } from './source-file.ts'

const MAX_FILE_LINES = 400
const BANNED_NAMES = /(^|\/)(utils?|helpers?|types|common|services?)(\/|\.[a-z]+$)/
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fixture|wire|gen|config|module|d))*\.(ts|tsx|mjs)$/

/** This will tell each habit that a file breaks, as `path:line sentence`. */
export function brokenHabits(file: SourceFile): string[] {
  const { path } = file
  const findings: string[] = []
  const lines = file.text.split('\n').length - 1
  if (lines > MAX_FILE_LINES)
    findings.push(`${path}:1 has ${lines} lines; split it by topic below ${MAX_FILE_LINES}`)
  if (BANNED_NAMES.test(path))
    findings.push(`${path}:1 has a name that says nothing; name it after what it holds`)
  if (!KEBAB_CASE.test(path.split('/').at(-1) ?? '')) findings.push(`${path}:1 is not named in kebab-case`)
  for (const { pattern, sentence, text, allowed } of HABITS) {
    if (allowed.test(path)) continue
    findings.push(...linesWith(text(file), pattern).map((line) => `${path}:${line} ${sentence}`))
  }
  return findings
}

interface Habit {
  pattern: RegExp
  sentence: string
  text: (file: SourceFile) => string
  /** Paths where it may be. */
  allowed: RegExp
}

const code = (file: SourceFile) => file.code
const comments = (file: SourceFile) =>
  file.text.replace(/[^\n]/g, (character, index: number) =>
    file.code[index] === character ? ' ' : character,
  )

const HABITS: Habit[] = [
  {
    pattern: /\bprocess\.env\b/,
    sentence: 'reads process.env, which only main.ts, the command line entry, bin/ and tools/ may',
    text: code,
    allowed: /^(server\/src\/main\.ts|server\/src\/cli\/index\.ts|(bin|tools|web)\/.*)$/,
  },
  {
    pattern: /\bnew Date\b|\bDate\.(now|parse|UTC)\b|\bTemporal\.Now\b/,
    sentence: 'makes a Date or reads the clock, which only platform/time.ts may',
    text: code,
    allowed: /^(server\/src\/platform\/time\.ts|web\/.*|tools\/(house\/|check-house\.).*)$/,
  },
  {
    pattern: /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\binsertRows\(/,
    sentence: "holds SQL, which belongs in its module's store.ts",
    text: code,
    allowed: /^(?!server\/src\/(domain|doors|formats)\/)|\/store(\.ts|\/.*)$|\.test\.ts$/,
  },
  {
    pattern: /\bparseFloat\(/,
    sentence: 'reads a binary float; money and prices are integers',
    text: code,
    allowed: /^(web|tools)\//,
  },
  {
    pattern: new RegExp(`\\b(${['TO', 'FIX', 'X', 'HA'].join('|')})(DO|ME|XX|CK)\\b`),
    sentence: 'holds a note to do something later; do it or open an issue',
    text: (file) => file.text,
    allowed: /^$/,
  },
  {
    pattern: /\b(we|we're|we've|let's)\b/i,
    sentence: 'has a comment that speaks as "we"; say what holds',
    text: comments,
    allowed: /^tools\/(house\/|check-house)/,
  },
]

function linesWith(text: string, pattern: RegExp): number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []))
}
