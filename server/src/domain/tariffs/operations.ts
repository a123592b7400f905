import type { Tx } from '../../platform/db/index.ts'
import { parseDecimal } from '../../platform/decimal.ts'
import { Refusal } from '../../platform/errors.ts'
import type { Instant, LocalDate } from '../../platform/time.ts'
import {
  insertFactorValue,
  selectFactors,
  updateFactorValue,
  updateFactorValueEnd,
  upsertFactor,
} from './store/factor.ts'
import {
  insertHolidays,
  insertVersion,
  lockTariffs,
  selectHolidays,
  selectTariffs,
  selectVersions,
  updateVersionEnd,
  upsertTariff,
} from './store/tariff.ts'
import {
  type StoredFactor,
  type StoredTariff,
  type StoredTariffVersion,
  tariffSha256,
} from './stored-tariff.ts'
import type { TariffDocument, TariffInput } from './tariff.ts'
import { readTariff } from './tariff-check.ts'
import type { LocalText } from './tariff-text.ts'

export interface SavedTariff {
  tariffId: number
  /** Numbers of the versions that are new. */
  saved: number[]
  /** Numbers of the versions that were there already, word for word. */
  same: number[]
}

/**
 * This will save a tariff text: the tariff under its code, and each of its versions as approved. A version that is
 * there word for word is left alone; a later one ends the one before it. Refuses a text with faults, another kind of
 * service under a known code, another text for a day that has a version, and a version before the last one.
 */
export async function saveTariff(
  tx: Tx,
  input: {
    clientId: number
    companyId: number
    document: TariffInput
    tariffId?: number
    name?: LocalText
    customerClass?: string
    now: Instant
  },
): Promise<SavedTariff> {
  const document = readTariff(input.document)
  await lockTariffs(tx, input.clientId)
  const tariffs = await selectTariffs(tx, input.clientId)
  const known = tariffs.find((tariff) => tariff.code === document.code)
  const serviceKind = serviceKindOf(document)
  if (known && known.serviceKind !== serviceKind)
    throw new Refusal(
      'conflict',
      'tariff_other_service',
      `Tariff ${document.code} is for ${known.serviceKind}; give the ${serviceKind} tariff another code.`,
    )
  const tariffId =
    known?.tariffId ?? input.tariffId ?? Math.max(0, ...tariffs.map((tariff) => tariff.tariffId)) + 1
  await upsertTariff(tx, {
    clientId: input.clientId,
    tariffId,
    code: document.code,
    name: input.name ?? known?.name ?? { en: document.name },
    companyId: known?.companyId ?? input.companyId,
    serviceKind,
    customerClass: input.customerClass ?? known?.customerClass ?? null,
    status: 'active',
  })
  const result: SavedTariff = { tariffId, saved: [], same: [] }
  const versions = document.versions.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  for (const version of versions) {
    const text = { ...document, versions: [version] }
    const { number, isNew } = await saveVersion(tx, input, tariffId, text)
    ;(isNew ? result.saved : result.same).push(number)
  }
  return result
}

/** This will save further versions of a known tariff, as `saveTariff` does. Refuses an unknown tariff. */
export async function saveTariffVersion(
  tx: Tx,
  input: { clientId: number; tariffId: number; document: TariffInput; now: Instant },
): Promise<SavedTariff> {
  const tariff = (await selectTariffs(tx, input.clientId)).find((one) => one.tariffId === input.tariffId)
  if (!tariff) throw new Refusal('not_found', 'tariff_unknown', `There is no tariff ${input.tariffId}.`)
  if (tariff.code !== input.document.code)
    throw new Refusal(
      'conflict',
      'tariff_other_code',
      `This text is tariff ${input.document.code}, not ${tariff.code}.`,
    )
  return await saveTariff(tx, { ...input, companyId: tariff.companyId })
}

async function saveVersion(
  tx: Tx,
  { clientId, now }: { clientId: number; now: Instant },
  tariffId: number,
  document: TariffDocument,
): Promise<{ number: number; isNew: boolean }> {
  const effectiveFrom = document.versions[0]?.effectiveFrom ?? ''
  const present = await selectVersions(tx, clientId, [tariffId])
  const sha256 = tariffSha256(document)
  const sameDay = present.find((version) => version.effectiveFrom === effectiveFrom)
  if (sameDay?.sha256 === sha256.toString('hex')) return { number: sameDay.version, isNew: false }
  if (sameDay)
    throw new Refusal(
      'conflict',
      'tariff_version_approved',
      `Version ${sameDay.version} of ${document.code} is in force from ${effectiveFrom} and never changes; give the new text a later effectiveFrom.`,
    )
  const last = present.at(-1)
  if (last && effectiveFrom < (last.effectiveTo ?? last.effectiveFrom)) throw overlap(document.code, last)
  if (last && last.effectiveTo === null)
    await updateVersionEnd(tx, { clientId, tariffId, version: last.version }, effectiveFrom)
  const number = Math.max(0, ...present.map((version) => version.version)) + 1
  await insertVersion(tx, {
    clientId,
    tariffId,
    version: number,
    effectiveFrom,
    effectiveTo: null,
    document,
    sha256,
    now,
  })
  return { number, isNew: true }
}

function overlap(code: string, last: StoredTariffVersion): Refusal {
  return new Refusal(
    'conflict',
    'tariff_version_overlaps',
    `Version ${last.version} of ${code} is in force from ${last.effectiveFrom}; a new version must begin later.`,
  )
}

const SERVICE_KINDS: readonly string[] = ['electricity', 'gas', 'water', 'lighting']

function serviceKindOf(document: TariffDocument): StoredTariff['serviceKind'] {
  if (SERVICE_KINDS.includes(document.serviceType)) return document.serviceType as StoredTariff['serviceKind']
  throw new Refusal(
    'rule',
    'service_kind_unsupported',
    `Tariff ${document.code} prices ${document.serviceType}; services are ${SERVICE_KINDS.join(', ')}.`,
  )
}

/** This will name a bill factor, or rename a known one. Refuses another kind under a known code. */
export async function saveBillFactor(
  tx: Tx,
  input: { clientId: number } & Omit<StoredFactor, 'values'>,
): Promise<void> {
  await lockTariffs(tx, input.clientId)
  const known = (await selectFactors(tx, input.clientId)).find((one) => one.factorCode === input.factorCode)
  if (known && known.kind !== input.kind)
    throw new Refusal(
      'conflict',
      'factor_other_kind',
      `Factor ${input.factorCode} is a ${known.kind}, not a ${input.kind}.`,
    )
  await upsertFactor(tx, input)
}

/**
 * This will set the value of a bill factor from a day on and end the one before. Refuses an unknown factor, a value
 * that is no number, and a day that is not after the last change.
 */
export async function setBillFactorValue(
  tx: Tx,
  input: {
    clientId: number
    factorCode: string
    characteristic?: string
    effectiveFrom: LocalDate
    value: string
  },
): Promise<void> {
  await lockTariffs(tx, input.clientId)
  const factor = (await selectFactors(tx, input.clientId)).find((one) => one.factorCode === input.factorCode)
  if (!factor)
    throw new Refusal('not_found', 'factor_unknown', `There is no bill factor ${input.factorCode}.`)
  if (!parseDecimal(input.value))
    throw new Refusal('malformed', 'factor_value_malformed', `"${input.value}" is not a decimal number.`)
  const key = { ...input, characteristic: input.characteristic ?? '' }
  const last = factor.values.filter((value) => value.characteristic === key.characteristic).at(-1)
  if (last && last.effectiveFrom >= input.effectiveFrom)
    throw new Refusal(
      'conflict',
      'factor_value_overlaps',
      `Factor ${input.factorCode} has a value from ${last.effectiveFrom}; a new one must begin later.`,
    )
  if (last) await updateFactorValueEnd(tx, { ...key, effectiveFrom: last.effectiveFrom }, input.effectiveFrom)
  await insertFactorValue(tx, key)
}

/**
 * This will correct the value that a bill factor has from a day on. Bills keep what they were priced with; rebill those
 * that it changes. Refuses a day from which the factor has no value, and a value that is no number.
 */
export async function correctBillFactorValue(
  tx: Tx,
  input: {
    clientId: number
    factorCode: string
    characteristic?: string
    effectiveFrom: LocalDate
    value: string
  },
): Promise<void> {
  if (!parseDecimal(input.value))
    throw new Refusal('malformed', 'factor_value_malformed', `"${input.value}" is not a decimal number.`)
  await lockTariffs(tx, input.clientId)
  const key = { ...input, characteristic: input.characteristic ?? '' }
  if (await updateFactorValue(tx, key, input.value)) return
  throw new Refusal(
    'not_found',
    'factor_value_unknown',
    `Factor ${input.factorCode} has no value that begins on ${input.effectiveFrom}; set one from that day.`,
  )
}

/** This will add the days of a holiday calendar that are not in it yet. */
export async function saveHolidays(
  tx: Tx,
  input: { clientId: number; calendarCode: string; days: { day: LocalDate; name: LocalText }[] },
): Promise<void> {
  await lockTariffs(tx, input.clientId)
  const present = new Set(
    (await selectHolidays(tx, input.clientId, input.calendarCode)).map(({ day }) => day),
  )
  await insertHolidays(tx, { ...input, days: input.days.filter(({ day }) => !present.has(day)) })
}
