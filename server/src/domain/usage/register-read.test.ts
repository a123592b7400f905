import { expect, it } from 'vitest'
import { decimal, decimalText } from '../../platform/decimal.ts'
import { registeredUse } from './register-read.ts'

const pair = (previous: string, present: string, multiplier: string, dials?: number) => {
  const use = registeredUse({
    previous: decimal(previous),
    present: decimal(present),
    multiplier: decimal(multiplier),
    ...(dials === undefined ? {} : { dials }),
  })
  return [decimalText(use.registered), decimalText(use.quantity)]
}

it('counts over the end of a five-digit dial: 100000 - 99980 + 35 = 55, x 40 = 2200', () => {
  expect(pair('99980', '35', '40', 5)).toEqual(['55', '2200'])
})

it('keeps the fraction of a dial: (105.4 - 100.1) x 0.1 = 0.53', () => {
  expect(pair('100.1', '105.4', '0.1')).toEqual(['5.3', '0.53'])
})

it('leaves a falling reading of unknown dials negative, for validation to judge', () => {
  expect(pair('10', '8', '1')).toEqual(['-2', '-2'])
})
