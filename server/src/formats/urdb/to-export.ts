import type { UrdbRate } from './rate.ts'
import type { TariffDraft } from './tariff-draft.ts'
import type { UrdbTerms } from './to-tariff.ts'

/** How exports are credited. Records name only a family of rules. */
export interface ExportTerms {
  option: 'net_billing' | 'buy_all_sell_all'
}

/** This will add what the customer is paid for exports. */
export function addExport(draft: TariffDraft, rate: UrdbRate, terms: UrdbTerms): void {
  if (rate.dgRules && !terms.export)
    draft.omit('dgrules', 'the record does not state true-up month, bank and payout')
}
