import { decimal, decimalOf } from '../../../platform/decimal.ts'
import { lineText, reasonOf, type SpokenLine } from '../../rating/index.ts'
import type { PricedVersion } from '../../tariffs/index.ts'
import { dayGrid } from '../../usage/index.ts'
import type { ChargeBasis, KeptDetail, KeptLine, LineDetail } from './charge.ts'

type Basis = Pick<ChargeBasis, 'timeZone'>
type Version = Pick<PricedVersion, 'document'>

/**
 * This will make everything that a line says beside its numbers from what is kept of it and the plan version that priced it,
 * none for what was entered by hand. A line that an earlier release kept with its texts says these.
 */
export function detailOf(line: KeptLine, basis: Basis, version: Version | undefined): LineDetail {
  const { per = line.unit, band, base, proration, memo } = line.detail
  const intervals = intervalsOf(line, basis)
  return {
    ...wordsOf(line, version),
    ...(line.price !== null && per !== null && { per }),
    ...(band && { band }),
    ...(base && { base }),
    ...(proration && { proration }),
    ...(intervals && { intervals }),
    ...(memo && { memo }),
  }
}

/** Those of its days, at the place that the charge was priced for. */
function intervalsOf(line: KeptLine, { timeZone }: Basis): LineDetail['intervals'] {
  const { intervals } = line.detail
  if (intervals !== true) return intervals
  const { starts } = dayGrid(timeZone, line.startDate, line.endDate)
  return {
    fromSeconds: starts[0] ?? 0,
    toSeconds: starts.at(-1) ?? 0,
    ...(line.touCode !== null && { tou: line.touCode }),
  }
}

function wordsOf(line: KeptLine, stored: Version | undefined): Pick<LineDetail, 'text' | 'reason'> {
  const { text, reason } = line.detail
  if (text) return { text, ...(reason && { reason }) }
  const rule = stored?.document.versions[0]?.rules.find(({ code }) => code === line.ruleCode)
  if (!stored || !rule) throw new Error(`no plan version has the rule ${line.ruleCode} of a line any more`)
  return {
    text: lineText(rule, line.unit ?? undefined),
    reason: reasonOf(stored.document, rule, toSpokenLine(line)),
  }
}

function toSpokenLine(line: KeptLine): SpokenLine {
  const { per = '', band, base, proration, exempt, bound, bank, memo = false, inexact } = line.detail
  const { quantity, quantityScale, unit, touCode, price } = line
  return {
    kind: line.kind as SpokenLine['kind'],
    ...(quantity !== null && {
      quantity: {
        ...decimalOf(quantity, quantityScale ?? 0),
        unit: unit ?? '',
        ...(touCode !== null && { tou: touCode }),
        ...(inexact && { inexact }),
      },
    }),
    ...(price !== null && { price: { value: price, per } }),
    ...(band && { band }),
    ...(base && { base: { amount: decimal(base.amount), lines: base.lines } }),
    ...(proration && { proration }),
    ...(exempt !== undefined && { exempt: decimal(exempt) }),
    ...(bound !== undefined && { bound: decimal(bound) }),
    ...(bank && { bank: toBank(bank) }),
    amountUnrounded: decimal(line.unrounded),
    amountCents: line.amountCents,
    memo,
  }
}

function toBank({ carried, earned, used, left }: NonNullable<KeptDetail['bank']>) {
  return {
    carried: decimal(carried),
    earned: decimal(earned),
    used: decimal(used),
    left: decimal(left),
  }
}
