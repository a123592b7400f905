import { TextDecoder } from 'node:util'
import { Refusal } from '../../platform/errors.ts'

export type TextSource = string | Uint8Array | AsyncIterable<Uint8Array | string>

/** A longer line is no row of intervals. */
const MAX_LINE = 1_000_000

/** A piece of a file in whole lines. `complete` is false on a last line without a line end. */
export interface LineBatch {
  lines: string[]
  firstLine: number
  complete: boolean
}

/** This will cut text into lines, a batch for each piece of the source; a byte order mark is dropped. */
export async function* lineBatches(source: TextSource): AsyncGenerator<LineBatch> {
  let rest = ''
  let firstLine = 1
  for await (const text of decoded(source)) {
    const lines = (rest + text).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw lineTooLong(firstLine + lines.length)
    yield { lines, firstLine, complete: true }
    firstLine += lines.length
  }
  if (rest !== '') yield { lines: [rest.replace(/\r$/, '')], firstLine, complete: false }
}

async function* decoded(source: TextSource): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const pieces = typeof source === 'string' || source instanceof Uint8Array ? [source] : source
  let first = true
  for await (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : decode(decoder, piece)
    yield first ? text.replace(/^\uFEFF/, '') : text
    first = false
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true })
  } catch {
    throw new Refusal('malformed', 'csv_encoding', 'The file is not UTF-8 text: save it as CSV in UTF-8.')
  }
}

function lineTooLong(line: number): Refusal {
  const message = `Line ${line} is longer than a million characters: this is not an interval CSV file.`
  return new Refusal('too_large', 'csv_line_too_long', message)
}
