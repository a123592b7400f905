import {
  type Day,
  type Decimal,
  formatDay,
  formatInstant,
  formatMoney,
  formatPeriod,
  formatQuantity,
  type Language,
  useLanguage,
} from '@billwright/kit'
import { useMemo } from 'react'
import type { Address, LocalizedText } from '../api/client.gen.ts'

/** Stands for a value that the record does not have. */
export const NONE = '–'

/** This will give the functions that word values in the language on screen; what is empty becomes a dash. */
export function useWords() {
  const language = useLanguage()
  return useMemo(() => wordsIn(language), [language])
}

function wordsIn(language: Language) {
  return {
    language,
    day: (day: Day) => (day ? formatDay(day, language) : NONE),
    /** `end` is exclusive, as everywhere. */
    period: (start: Day, end: Day) => (start && end ? formatPeriod(start, end, language) : NONE),
    moment: (instant: string) => (instant ? formatInstant(instant, language) : NONE),
    money: (amount: Decimal) => (amount ? formatMoney(amount) : NONE),
    quantity: (quantity: Decimal, unit?: string, places?: number) =>
      quantity ? formatQuantity(quantity, unit, places) : NONE,
    local: (text: LocalizedText) => text[language],
    /** A sentence of both languages, with the days in it as the reader writes them. */
    prose: (text: LocalizedText) => wordDays(text[language], language),
  }
}

const PERIOD = /\b(\d{4}-\d{2}-\d{2}) \/ (\d{4}-\d{2}-\d{2})\b/g
const DAY = /\b\d{4}-\d{2}-\d{2}\b/g

function wordDays(sentence: string, language: Language): string {
  return sentence
    .replaceAll(PERIOD, (_, start: Day, end: Day) => formatPeriod(start, end, language))
    .replaceAll(DAY, (day) => formatDay(day, language))
}

/** This will write an address in one line. */
export function addressLine(address: Address): string {
  const { addressLine1, addressLine2, city, stateCode, postalCode } = address
  const place = [city, [stateCode, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return [addressLine1, addressLine2, place].filter(Boolean).join(', ')
}
