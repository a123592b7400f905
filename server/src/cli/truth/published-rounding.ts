import { compare, decimal, type RoundingMode, round } from '../../platform/decimal.ts'
import { type ExactObject, isNumber, list, object, text } from './exact-json.ts'
import { CONVERTED } from './published-units.ts'

type Mode = Exclude<RoundingMode, 'up'>
const MODES: readonly Mode[] = ['half_up', 'half_even', 'truncate']
const MONEY_PLACES = 2

/** This will tell how a source rounds money: as its note says, or as the note shows an exact and a printed amount. */
export function roundingOf(given: ExactObject): Mode {
  const note = `${text(given.note)} ${text(given.rounding)}`
  if (/half[-_ ]even|banker/i.test(note)) return 'half_even'
  if (/truncat|rounds? down|rounded down|cut off/i.test(note)) return 'truncate'
  return shownIn(note) ?? 'half_up'
}

/** `3404.025 is printed as 3404.02`: the first mode that takes the one to the other. */
function shownIn(note: string): Mode | undefined {
  const numbers = note.match(/\d+(?:\.\d+)?/g) ?? []
  for (const [index, exact] of numbers.entries()) {
    const printed = numbers[index + 1] ?? ''
    const isPair = /\.\d{3,}$/.test(exact) && /\.\d\d$/.test(printed)
    const mode =
      isPair && MODES.find((one) => compare(round(decimal(exact), MONEY_PLACES, one), decimal(printed)) === 0)
    if (mode) return mode
  }
  return undefined
}

/** This will tell that a converted quantity is billed in the places that the source prints, where it says it rounds. */
export function wholeUnits(given: ExactObject) {
  const expected = Object.entries(object(given.expected))
  const told = list(given.features).map((feature) => text(feature))
  const rounds = told.includes('quantity-rounding') || /whole|rounded to/i.test(text(given.note))
  const printed = expected.find(([name, value]) => {
    if (!isNumber(value) || /unrounded|exact/.test(name)) return false
    return /_(billed|whole|rounded)$/.test(name) || (rounds && /therm|kwh|mj|gj|ccf/i.test(name))
  })
  if (!printed) return []
  const places = text(printed[1]).split('.')[1]?.length ?? 0
  return [{ unit: CONVERTED, places, mode: 'half_up' as const }]
}
