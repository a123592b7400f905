import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Refusal } from '../platform/errors.ts'

/** This will ask on the terminal; away from one it refuses and names the flag that says it instead. */
export async function ask(question: string, flag: string, hidden = false): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Refusal(
      'malformed',
      'setting_wrong',
      `Say ${question.toLowerCase()} with ${flag}; there is no terminal to ask on.`,
    )
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  process.stderr.write(`${question}: `)
  const lines = createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
  })
  try {
    return (await lines.question('')).trim()
  } finally {
    lines.close()
    if (hidden) process.stderr.write('\n')
  }
}
