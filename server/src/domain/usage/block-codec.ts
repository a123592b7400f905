import type { Quality, QualityRun } from './quality.ts'

/**
 * The values of an interval block: a version byte, then for each value the zigzag code of its difference to the one
 * before (the first to 0) as a little-endian varint: seven bits a byte, the high bit says that more follow. Usage
 * changes little from interval to interval, so that most differences take one to three bytes.
 */
const VALUES_VERSION = 1

/** The runs that are not measured: a version byte, then for each the gap before it, its length (varints), its code. */
const QUALITY_VERSION = 1

/** Differences of two values must stay safe integers when doubled. */
const VALUE_LIMIT = 2 ** 51

const MEASURED = 0
const CODES: readonly Quality[] = ['measured', 'estimated', 'edited', 'missing']

/** This will encode the integers of a block. A value that is no integer below 2^51 is a defect. */
export function encodeBlock(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(1 + values.length * 8)
  bytes[0] = VALUES_VERSION
  let position = 1
  let previous = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number
    if (!Number.isInteger(value) || Math.abs(value) > VALUE_LIMIT)
      throw new Error(`not a usage integer: ${value}`)
    const difference = value - previous
    previous = value
    position = writeVarint(bytes, position, difference < 0 ? -2 * difference - 1 : 2 * difference)
  }
  return bytes.slice(0, position)
}

/**
 * This will decode `count` values into `into` from `offset` on. A blob of another version or length is a defect.
 */
export function decodeBlock(
  bytes: Uint8Array,
  count: number,
  into: Float64Array = new Float64Array(count),
  offset = 0,
): Float64Array {
  if (bytes[0] !== VALUES_VERSION) throw new Error(`unknown version of an interval block: ${bytes[0]}`)
  let position = 1
  let value = 0
  for (let index = offset; index < offset + count; index++) {
    let byte = bytes[position++] as number
    let zigzag = byte & 127
    // Four bytes fit the engine's small integers; longer ones are rare and go on in doubles.
    for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
      byte = bytes[position++] as number
      zigzag |= (byte & 127) << shift
    }
    if (byte > 127) {
      for (let factor = 2 ** 28; byte > 127; factor *= 128) {
        byte = bytes[position++] as number
        zigzag += (byte & 127) * factor
      }
      value += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
    } else {
      value += (zigzag >>> 1) ^ -(zigzag & 1)
    }
    into[index] = value
  }
  if (position !== bytes.length)
    throw new Error('an interval block has another number of values than its row says')
  return into
}

/** This will encode runs of quality in order; null when everything is measured. */
export function encodeQuality(runs: readonly QualityRun[]): Uint8Array | null {
  const marked = runs.filter((run) => run.quality !== 'measured' && run.to > run.from)
  if (marked.length === 0) return null
  const bytes = new Uint8Array(1 + marked.length * 11)
  bytes[0] = QUALITY_VERSION
  let position = 1
  let end = 0
  for (const run of marked) {
    if (run.from < end) throw new Error('runs of quality overlap or are out of order')
    position = writeVarint(bytes, position, run.from - end)
    position = writeVarint(bytes, position, run.to - run.from)
    bytes[position++] = CODES.indexOf(run.quality)
    end = run.to
  }
  return bytes.slice(0, position)
}

/** This will decode runs of quality, moved by `offset` intervals. */
export function decodeQuality(bytes: Uint8Array | null, offset = 0): QualityRun[] {
  if (bytes === null) return []
  if (bytes[0] !== QUALITY_VERSION) throw new Error(`unknown version of a quality blob: ${bytes[0]}`)
  const runs: QualityRun[] = []
  const cursor = { position: 1 }
  let end = offset
  while (cursor.position < bytes.length) {
    const from = end + readVarint(bytes, cursor)
    end = from + readVarint(bytes, cursor)
    const quality = CODES[bytes[cursor.position++] ?? MEASURED]
    if (quality === undefined) throw new Error('unknown quality in a quality blob')
    runs.push({ from, to: end, quality })
  }
  return runs
}

function writeVarint(bytes: Uint8Array, start: number, value: number): number {
  let position = start
  let rest = value
  while (rest > 0x7fffffff) {
    bytes[position++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  while (rest > 127) {
    bytes[position++] = (rest & 127) | 128
    rest >>>= 7
  }
  bytes[position++] = rest
  return position
}

function readVarint(bytes: Uint8Array, cursor: { position: number }): number {
  let value = 0
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[cursor.position++]
    if (byte === undefined) throw new Error('a quality blob ends in the middle')
    value += (byte & 127) * factor
    if (byte < 128) return value
  }
}
