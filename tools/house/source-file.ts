import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

export interface Import {
  /** Path inside the checkout for a relative import, the package's name otherwise. */
  target: string
  relative: boolean
  typeOnly: boolean
  line: number
}

export interface SourceFile {
  path: string
  text: string
  /** The text with comments blanked, line by line the same. */
  code: string
  imports: Import[]
}

const PATTERNS = ['server/{src,test}/**/*.ts', '{tools,bench}/**/*.ts', 'bin/**/*.mjs', 'web/*/**/*.{ts,tsx}']
const EXCLUDED = /(^|\/)(node_modules|dist)\/|\.gen\.ts$|^server\/src\/platform\/db\/schema\.ts$/

/** This will read every source file of a checkout that people write. */
export function readSources(root: string): SourceFile[] {
  return PATTERNS.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !EXCLUDED.test(path))
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8')))
}

/** This will scan one source text. */
export function sourceFile(path: string, text: string): SourceFile {
  const code = blankComments(text)
  return { path, text, code, imports: scanImports(path, code) }
}

const COMMENT_OR_LITERAL =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g

/** Keeps literals, so that `//` inside an address is no comment. */
function blankComments(text: string): string {
  return text.replace(COMMENT_OR_LITERAL, (match) =>
    /^\/[/*]/.test(match) ? match.replace(/[^\n]/g, ' ') : match,
  )
}

const IMPORT =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?(?:[\w*{][^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function scanImports(path: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? ''
    const relative = specifier.startsWith('.')
    return {
      target: relative ? posix.join(dirname(path), specifier) : packageOf(specifier),
      relative,
      typeOnly: match[1] !== undefined || onlyTypes(match[0]),
      line: code.slice(0, (match.index ?? 0) + match[0].length).split('\n').length,
    }
  })
}

/** `import { type A, type B } from ...` */
function onlyTypes(statement: string): boolean {
  const names = /\{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '')
  return names !== undefined && names.length > 0 && names.every((name) => /^\s*type\s/.test(name))
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
