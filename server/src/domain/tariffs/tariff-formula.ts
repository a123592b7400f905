import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  greatest,
  least,
  multiply,
  negate,
  ONE,
  round,
  subtract,
  ZERO,
} from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'

/**
 * Parsed arithmetic: numbers, names, + - * /, parentheses, comparisons (1 or 0), and the functions min, max, abs,
 * floor, ceil, sqrt, round(value, places) and if(condition, then, otherwise).
 */
export interface Formula {
  readonly text: string
  /** Names the formula reads, in order of appearance. */
  readonly names: readonly string[]
  evaluate(read: (name: string) => Decimal): Decimal
}

type Node = (read: (name: string) => Decimal) => Decimal

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '=': (order) => order === 0,
}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*)|(<=|>=|[-+*/(),<>=]))/iy

/** This will read a formula; a text that is none throws a SyntaxError that names the place. */
export function parseFormula(text: string): Formula {
  const tokens = tokenize(text)
  const names: string[] = []
  let at = 0
  const peek = () => tokens[at]
  const fail = (): never => {
    throw new SyntaxError(`formula "${text}": unexpected ${peek() ?? 'end'} at token ${at + 1}`)
  }
  const take = (token: string) => {
    if (peek() !== token) fail()
    at++
  }

  function comparisonNode(): Node {
    const left = sumNode()
    const holds = COMPARISONS[peek() ?? '']
    if (!holds) return left
    at++
    const right = sumNode()
    return (read) => (holds(compare(left(read), right(read))) ? ONE : ZERO)
  }
  function sumNode(): Node {
    let left = productNode()
    for (let sign = peek(); sign === '+' || sign === '-'; sign = peek()) {
      at++
      const [a, b, operate] = [left, productNode(), sign === '+' ? add : subtract]
      left = (read) => operate(a(read), b(read))
    }
    return left
  }
  function productNode(): Node {
    let left = unaryNode()
    for (let sign = peek(); sign === '*' || sign === '/'; sign = peek()) {
      at++
      const [a, b, operate] = [left, unaryNode(), sign === '*' ? multiply : quotient]
      left = (read) => operate(a(read), b(read))
    }
    return left
  }
  function unaryNode(): Node {
    if (peek() !== '-') return atomNode()
    at++
    const inner = unaryNode()
    return (read) => negate(inner(read))
  }
  function atomNode(): Node {
    const token = peek() ?? fail()
    at++
    if (token === '(') {
      const inner = comparisonNode()
      take(')')
      return inner
    }
    if (/^\d/.test(token)) {
      const value = decimal(token)
      return () => value
    }
    if (!/^[a-z_]/i.test(token)) {
      at--
      return fail()
    }
    if (peek() !== '(') {
      names.push(token)
      return (read) => read(token)
    }
    return call(token, argumentNodes(), fail)
  }
  function argumentNodes(): Node[] {
    take('(')
    const nodes = [comparisonNode()]
    while (peek() === ',') {
      at++
      nodes.push(comparisonNode())
    }
    take(')')
    return nodes
  }

  const whole = comparisonNode()
  if (at < tokens.length) fail()
  return { text, names, evaluate: whole }
}

function call(name: string, nodes: Node[], fail: () => never): Node {
  const known = FUNCTIONS[name]
  if (!known || nodes.length < known.least || nodes.length > known.most) return fail()
  if (name !== 'if') return (read) => known.compute(nodes.map((node) => node(read)))
  const [condition = fail(), yes = fail(), no = fail()] = nodes
  return (read) => (condition(read).units === 0n ? no(read) : yes(read))
}

function quotient(over: Decimal, under: Decimal): Decimal {
  if (under.units !== 0n) return divide(over, under)
  throw new Refusal(
    'rule',
    'division_by_zero',
    'A formula of the tariff divides by zero with what is known of this agreement: correct the fact or the formula.',
  )
}

/** Digits of a root. */
const ROOT_SCALE = 12

/** The square root, cut to twelve digits: apparent power out of real and reactive power. */
function root(value: Decimal): Decimal {
  if (value.units < 0n)
    throw new Refusal(
      'rule',
      'root_of_negative',
      'A formula of the tariff takes the root of a negative number.',
    )
  const square = round(value, 2 * ROOT_SCALE, 'truncate').units
  let guess = BigInt(Math.floor(Math.sqrt(Number(square))))
  if (guess === 0n) return { units: 0n, scale: ROOT_SCALE }
  for (let next = 0n; ; guess = next) {
    next = (guess + square / guess) / 2n
    const gap = next - guess
    if (gap >= -1n && gap <= 1n) break
  }
  while (guess * guess > square) guess--
  while ((guess + 1n) * (guess + 1n) <= square) guess++
  return { units: guess, scale: ROOT_SCALE }
}

const toWhole = (value: Decimal, up: boolean): Decimal => {
  const cut = round(value, 0, 'truncate')
  const isBeyond = up ? compare(value, cut) > 0 : compare(value, cut) < 0
  return isBeyond ? add(cut, decimal(up ? '1' : '-1')) : cut
}

const places = (value: Decimal | undefined) => (value === undefined ? 0 : Number(round(value, 0).units))

interface FormulaFunction {
  least: number
  most: number
  compute(values: readonly Decimal[]): Decimal
}

const unary = (compute: (value: Decimal) => Decimal): FormulaFunction => ({
  least: 1,
  most: 1,
  compute: ([value = ZERO]) => compute(value),
})

const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  min: { least: 1, most: 9, compute: (values) => values.reduce(least) },
  max: { least: 1, most: 9, compute: (values) => values.reduce(greatest) },
  abs: unary((value) => greatest(value, negate(value))),
  floor: unary((value) => toWhole(value, false)),
  ceil: unary((value) => toWhole(value, true)),
  sqrt: unary(root),
  round: { least: 1, most: 2, compute: ([value = ZERO, to]) => round(value, places(to)) },
  if: { least: 3, most: 3, compute: ([, yes = ZERO]) => yes },
}

function tokenize(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) throw new SyntaxError(`formula "${text}": unreadable at character ${from + 1}`)
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '')
  }
  return tokens
}
