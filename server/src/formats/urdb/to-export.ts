import type { UrdbRate } from './rate.ts'
import type { RuleInput, TariffDraft } from './tariff-draft.ts'
import type { ExportTerms, UrdbTerms } from './terms.ts'
import { energyRows } from './to-energy.ts'

const CREDIT_TEXT = { en: 'Export credit', es: 'Crédito por exportación' }
const BANK_TEXT = { en: 'Credit applied', es: 'Crédito aplicado' }
/** Clock times of a weekday at which a surplus finds its period of the next month. */
const CARRY_TIMES = ['00:00', '06:00', '12:00', '18:00']

/** This will add what the customer is credited for exports. */
export function addExport(draft: TariffDraft, rate: UrdbRate, terms: UrdbTerms): void {
  if (!terms.export) {
    if (rate.dgRules) draft.omit('dgrules', 'the record states no true-up month, bank or payout price')
    return
  }
  if (!rate.energy) return
  switch (terms.export.option) {
    case 'net_billing':
    case 'buy_all_sell_all':
      addCredit(draft, rate, terms, 'received', false)
      break
    case 'net_billing_carryover':
      addCredit(draft, rate, terms, 'received', true)
      addBank(draft, 'export-credit', terms.export, terms.export.useInBillEarned ?? false)
      break
    case 'nem_dollar_rollover':
      priceNet(draft, { code: 'energy-use', fn: 'usage', unit: 'kWh', flow: 'net', tou: 'energy' })
      addCredit(draft, rate, terms, 'surplus', true)
      addBank(draft, 'export-credit', terms.export, true)
      break
    case 'nem_kwh_rollover':
      addEnergyBank(draft, terms.export)
      break
  }
}

function addCredit(
  draft: TariffDraft,
  rate: UrdbRate,
  terms: UrdbTerms,
  flow: 'received' | 'surplus',
  memo: boolean,
): void {
  draft.addQuantity({ code: 'export', fn: 'usage', unit: 'kWh', flow, tou: 'energy' })
  draft.rules.push({
    kind: 'service_quantity',
    code: 'export-credit',
    text: CREDIT_TEXT,
    class: 'credit',
    quantity: 'export',
    fill: terms.fill ?? 'proportional',
    credit: true,
    memo,
    prices: terms.curves?.sell
      ? [{ bands: [{ price: { curve: terms.curves.sell } }] }]
      : energyRows(draft, rate.energy?.periods ?? [], draft.energySeasons, ({ sell }) => sell ?? '0'),
  })
}

/** Replaces the quantity that energy rules price. */
function priceNet(draft: TariffDraft, quantity: TariffDraft['quantities'][number]): void {
  draft.quantities.splice(
    draft.quantities.findIndex((known) => known.code === 'energy-use'),
    1,
    quantity,
  )
}

function addBank(draft: TariffDraft, earns: string, terms: ExportTerms, useInBillEarned: boolean): void {
  const settles = terms.settleMonth !== undefined
  const bank: RuleInput = {
    kind: 'credit_bank',
    code: 'credit-bank',
    text: BANK_TEXT,
    class: 'credit',
    earns: { rules: [earns], rounded: false },
    offsets: { classes: ['energy'], rounded: false },
    useInBillEarned,
    settle: settles ? (terms.expires ? 'expire' : 'pay') : 'keep',
    ...(settles ? { settleMonth: terms.settleMonth } : {}),
  }
  draft.rules.push(bank)
}

function addEnergyBank(draft: TariffDraft, terms: ExportTerms): void {
  const settleMonth = terms.settleMonth ?? 12
  priceNet(draft, { code: 'energy-use', fn: 'net_bank', tou: 'energy', carryAt: CARRY_TIMES, settleMonth })
  draft.addQuantity({ code: 'settled-surplus', fn: 'bank_settlement', of: 'energy-use' })
  const rollsOver = terms.settlementRollsOver ?? false
  draft.rules.push({
    kind: 'service_quantity',
    code: 'settlement',
    text: { en: 'Surplus settlement', es: 'Liquidación del excedente' },
    class: 'settlement',
    quantity: 'settled-surplus',
    credit: true,
    memo: rollsOver,
    prices: [{ bands: [{ price: terms.settlePrice ?? '0' }] }],
  })
  if (!rollsOver) return
  const { settleMonth: _, ...kept } = terms
  addBank(draft, 'settlement', kept, true)
}
