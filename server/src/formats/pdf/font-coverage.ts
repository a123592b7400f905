/** Whether a font has a glyph for a Unicode code point. */
export type Coverage = (codePoint: number) => boolean

const REPLACEMENT = '\u25a1' // a white square, as readers know it from text that a device cannot show
const LONG_WORD = /\S{29,}/gu
const WORD_PIECE = /\S{8}(?=\S)/gu
const BREAK_HERE = '\u200b'

/**
 * This will read which code points every one of some TrueType fonts can show.
 * Source: OpenType `cmap`, formats 4 and 12.
 */
export function readCoverage(fonts: readonly Buffer[]): Coverage {
  const [first = new Set<number>(), ...others] = fonts.map(codePointsOf)
  const shared = new Set([...first].filter((codePoint) => others.every((other) => other.has(codePoint))))
  return (codePoint) => shared.has(codePoint)
}

function codePointsOf(font: Buffer): Set<number> {
  const cmap = findTable(font, 'cmap')
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4)
  })
  const codePoints = new Set<number>()
  for (const [first, last] of subtables.flatMap((at) => readRanges(font, at)))
    for (let code = first; code <= last; code++) codePoints.add(code)
  if (codePoints.size === 0) throw new Error('the font has no Unicode character map')
  return codePoints
}

function findTable(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4)
  for (let at = 12; at < 12 + count * 16; at += 16)
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8)
  throw new Error(`the font has no ${tag} table`)
}

function readRanges(font: Buffer, at: number): [first: number, last: number][] {
  const format = font.readUInt16BE(at)
  if (format === 12)
    return Array.from({ length: font.readUInt32BE(at + 12) }, (_, index) => {
      const group = at + 16 + index * 12
      return [font.readUInt32BE(group), font.readUInt32BE(group + 4)]
    })
  if (format !== 4) return []
  const segments = font.readUInt16BE(at + 6) / 2
  return Array.from({ length: segments }, (_, index): [number, number] => {
    const last = font.readUInt16BE(at + 14 + index * 2)
    return [font.readUInt16BE(at + 16 + (segments + index) * 2), last]
  }).filter(([, last]) => last !== 0xffff)
}

/**
 * This will make untrusted text fit to print: control and direction-changing characters go, characters without a
 * glyph become a white square, and a word that no line can hold may break.
 */
export function printable(text: string, has: Coverage): string {
  const shown = Array.from(text.normalize('NFC'), (character) => shownAs(character, has)).join('')
  return shown.replace(LONG_WORD, (word) => word.replace(WORD_PIECE, `$&${BREAK_HERE}`))
}

function shownAs(character: string, has: Coverage): string {
  if (character === '\n') return character
  if (/\s/u.test(character)) return ' '
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(character)) return ''
  if (has(character.codePointAt(0) ?? 0)) return character
  return /\p{M}/u.test(character) ? '' : REPLACEMENT
}

/** This will apply `printable` to every text inside plain data. */
export function printableDeep<T>(data: T, has: Coverage): T {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return printable(value, has)
    if (Array.isArray(value)) return value.map(walk)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(data) as T
}
