import { expect, test } from 'vitest'
import { wordWork } from './work-words.ts'

const remedy = 'Correct what the reason names, then bill the account again.'

test('the figures of the stored sentence stand in the Spanish one', () => {
  const reason = '768 of 2976 intervals from 2026-08-01 to 2026-09-01 are missing; import or estimate them.'
  expect(wordWork({ reasonCode: 'usage_missing', reason, remedy })).toEqual({
    reason: {
      en: reason,
      es: 'Faltan 768 de 2976 mediciones del 2026-08-01 al 2026-09-01; impórtelas o estímelas.',
    },
    remedy: {
      en: 'Import the missing readings, or estimate them, then bill the account again.',
      es: 'Importe las lecturas que faltan, o estímelas, y vuelva a facturar la cuenta.',
    },
  })
})

test('a sentence of another form is worded by its code alone', () => {
  const reason = 'The tariff prices kW, but the usage holds none.'
  expect(wordWork({ reasonCode: 'usage_missing', reason, remedy }).reason.es).toBe(
    'Faltan mediciones del período por facturar.',
  )
})

test('a code without words of its own cites what is stored', () => {
  const { reason } = wordWork({ reasonCode: 'brand_new', reason: 'Something new.', remedy })
  expect(reason).toEqual({ en: 'Something new.', es: 'Algo detiene esta tarea («Something new.»).' })
})
