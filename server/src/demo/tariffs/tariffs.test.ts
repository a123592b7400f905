import { expect, test } from 'vitest'
import { checkTariff, TariffDocument } from '../../domain/tariffs/index.ts'
import { PLANS } from './index.ts'

test.each(PLANS.map((plan) => [plan.document.code, plan] as const))('plan %s has no fault', (_code, plan) => {
  expect(checkTariff(TariffDocument.parse(plan.document))).toEqual([])
})

test('every line has a Spanish text', () => {
  for (const { document, name } of PLANS) {
    expect(name.es).toBeTruthy()
    for (const version of document.versions)
      for (const rule of version.rules)
        expect([rule.code, rule.text.es]).toEqual([rule.code, expect.any(String)])
  }
})
