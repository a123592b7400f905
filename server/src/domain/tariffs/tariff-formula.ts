import {
  add,
  type Decimal,
  decimal,
  divide,
  greatest,
  least,
  multiply,
  negate,
  round,
  subtract,
} from '../../platform/decimal.ts'

/** Parsed arithmetic: numbers, names, + - * /, parentheses, min, max, abs and round(value, places). */
export interface Formula {
  readonly text: string
  /** Names the formula reads, in order of appearance. */
  readonly names: readonly string[]
  evaluate(read: (name: string) => Decimal): Decimal
}

type Node = (read: (name: string) => Decimal) => Decimal

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*)|([-+*/(),]))/iy

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
      const [a, b, operate] = [left, unaryNode(), sign === '*' ? multiply : divide]
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
      const inner = sumNode()
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
    const nodes = [sumNode()]
    while (peek() === ',') {
      at++
      nodes.push(sumNode())
    }
    take(')')
    return nodes
  }

  const root = sumNode()
  if (at < tokens.length) fail()
  return { text, names, evaluate: root }
}

function call(name: string, nodes: Node[], fail: () => never): Node {
  const [first = fail(), second] = nodes
  switch (name) {
    case 'min':
      return (read) => nodes.map((node) => node(read)).reduce(least)
    case 'max':
      return (read) => nodes.map((node) => node(read)).reduce(greatest)
    case 'abs':
      return (read) => {
        const value = first(read)
        return greatest(value, negate(value))
      }
    case 'round':
      return (read) => round(first(read), Number(second?.(read).units ?? 0n))
    default:
      return fail()
  }
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
