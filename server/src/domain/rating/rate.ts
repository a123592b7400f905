import { Refusal } from '../../platform/errors.ts'
import { sumCents } from '../../platform/money.ts'
import type { CalcRule } from '../tariffs/index.ts'
import { applyBound, applyCreditBank, applyPercent, applySummary } from './base-rule.ts'
import type { ChargePart, Localized, RatedCharge, RatingHistory, RatingInput } from './charge.ts'
import { applyFlatCharge, applyItem } from './charge-rule.ts'
import type { CompiledTariff } from './compile.ts'
import { isComputed, quantityOf } from './quantity.ts'
import { applyServiceQuantity, applySlabSet } from './quantity-rule.ts'
import { type PartContext, type Span, spanOf } from './span.ts'
import { qualityOf } from './usage.ts'

/**
 * This will price usage under a tariff: one line for each rule, block and time-of-use period, each rounded
 * once, in the order of the rules. Pure: the same input gives the same charge anywhere.
 * Refuses an empty period, usage or facts that the tariff needs and the input lacks.
 */
export function rate(input: RatingInput): RatedCharge {
  const parts = partsOf(input)
  const shared = {
    input,
    billDays: parts.reduce((days, { part }) => days + part.days, 0),
    trace: input.trace ?? true,
    flows: new Map(),
    quantities: [],
    lines: [],
    carry: historyOf(input),
    warnings: [],
  }
  let previous: PartContext | undefined
  for (const [index, { tariff, part }] of parts.entries()) {
    const context: PartContext = {
      ...shared,
      tariff,
      part,
      previous,
      isFirstPart: index === 0,
      isLastPart: index === parts.length - 1,
      vectors: new Map(),
      quantity: (code, span) => quantityOf(context, code, span),
      firstLine: shared.lines.length,
    }
    for (const rule of tariff.version.rules) if (applies(context, rule)) apply(context, rule)
    rememberUnpriced(context)
    previous = context
  }
  return chargeOf(shared, parts)
}

const REMEMBERED: readonly string[] = ['billing_demand', 'net_bank']

/** Computes the quantities that later bills look back on, where no rule of this bill asked for them. */
function rememberUnpriced(context: PartContext): void {
  for (const { code, fn } of context.tariff.version.quantities)
    if (REMEMBERED.includes(fn) && !isComputed(context, code)) context.quantity(code, context.part)
}

interface VersionPart {
  tariff: CompiledTariff
  part: Span
}

function chargeOf(
  context: Omit<
    PartContext,
    'tariff' | 'part' | 'previous' | 'isFirstPart' | 'isLastPart' | 'vectors' | 'quantity' | 'firstLine'
  >,
  parts: VersionPart[],
): RatedCharge {
  const { input, lines, billDays, carry } = context
  const from = parts[0]?.part.calendar.fromSeconds ?? 0
  const until = parts.at(-1)?.part.calendar.untilSeconds ?? 0
  const quality = qualityOf(input, from, until)
  refuseMissing(input, quality)
  return {
    lines,
    amountCents: sumCents(lines.map((line) => line.amountCents)),
    parts: parts.map(
      ({ tariff, part }): ChargePart => ({
        tariffCode: tariff.tariffCode,
        effectiveFrom: tariff.effectiveFrom,
        start: part.start,
        end: part.end,
        days: part.days,
        ofDays: billDays,
      }),
    ),
    quantities: context.quantities,
    quality,
    warnings: [...context.warnings, ...qualityWarnings(quality)],
    carry,
  }
}

function partsOf({ versions, period, timeZone }: RatingInput): VersionPart[] {
  const { start, end } = period
  if (!(start < end))
    throw new Refusal(
      'rule',
      'period_empty',
      `The period ${start} to ${end} holds no day: its end must be after its start.`,
    )
  const ordered = [...versions].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  const reaching = ordered.filter(
    (tariff, index) => tariff.effectiveFrom < end && !((ordered[index + 1]?.effectiveFrom ?? end) <= start),
  )
  const [first] = reaching
  if (!first || first.effectiveFrom > start)
    throw new Refusal(
      'rule',
      'version_missing',
      `No tariff version is in force on ${start}: add one that is effective from that day or before.`,
    )
  return reaching.map((tariff, index) => {
    const from = index === 0 ? start : tariff.effectiveFrom
    return { tariff, part: spanOf(tariff, timeZone, from, reaching[index + 1]?.effectiveFrom ?? end) }
  })
}

function applies(context: PartContext, rule: CalcRule): boolean {
  const values = context.input.facts?.values ?? {}
  return Object.entries(rule.when ?? {}).every(([name, value]) => values[name] === value)
}

function apply(context: PartContext, rule: CalcRule): void {
  if (rule.kind === 'flat_charge') applyFlatCharge(context, rule)
  else if (rule.kind === 'service_quantity') applyServiceQuantity(context, rule)
  else if (rule.kind === 'slab_set') applySlabSet(context, rule)
  else if (rule.kind === 'item') applyItem(context, rule)
  else if (rule.kind === 'apply_to') applyPercent(context, rule)
  else if (rule.kind === 'summary') applySummary(context, rule)
  else if (rule.kind === 'credit_bank') applyCreditBank(context, rule)
  else applyBound(context, rule)
}

/** The longest look-back that a tariff may have, in months. */
const HISTORY_MONTHS = 36

function historyOf(input: RatingInput): RatingHistory {
  const { peaks = [], balances = {} } = input.facts?.history ?? {}
  const oldest = Number(input.period.end.slice(0, 4)) - HISTORY_MONTHS / 12 - 1
  return {
    peaks: peaks.filter((row) => Number(row.month.slice(0, 4)) >= oldest).map((row) => ({ ...row })),
    balances: structuredClone(balances),
  }
}

/** Refuses usage with more missing than the caller allows, before anything is billed of it. */
function refuseMissing(input: RatingInput, { count, missing }: RatedCharge['quality']): void {
  const { missingTolerance, period, usage } = input
  if (missingTolerance === undefined || missing <= count * missingTolerance) return
  const what = usage.kind === 'interval' ? 'intervals' : 'registers'
  throw new Refusal(
    'rule',
    'usage_missing',
    `${missing} of ${count} ${what} from ${period.start} to ${period.end} are missing: import or estimate them first.`,
  )
}

function qualityWarnings({ count, missing, estimated }: RatedCharge['quality']): Localized[] {
  const warnings: Localized[] = []
  if (missing > 0)
    warnings.push({
      en: `${missing} of ${count} intervals are missing and count as zero.`,
      es: `Faltan ${missing} de ${count} intervalos y cuentan como cero.`,
    })
  if (estimated > 0)
    warnings.push({
      en: `${estimated} of ${count} readings are estimated.`,
      es: `${estimated} de ${count} lecturas son estimadas.`,
    })
  return warnings
}
