import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import { type SharedValues, takesSharedValues } from './shared-values.ts'
import { selectFactors } from './store/factor.ts'
import {
  selectDocuments,
  selectFingerprints,
  selectHolidays,
  selectTariffs,
  selectVersions,
} from './store/tariff.ts'
import type { PricedVersion, StoredFactor, StoredTariff, StoredTariffVersion } from './stored-tariff.ts'
import type { LocalText } from './tariff-text.ts'

/** This will list the tariffs of a client by code. */
export async function getTariffs(tx: Tx, clientId: number): Promise<StoredTariff[]> {
  return await selectTariffs(tx, clientId)
}

/** This will read a tariff. Refuses an unknown one. */
export async function getTariff(tx: Tx, clientId: number, tariffId: number): Promise<StoredTariff> {
  const tariff = (await selectTariffs(tx, clientId)).find((one) => one.tariffId === tariffId)
  if (tariff) return tariff
  throw new Refusal('not_found', 'tariff_unknown', `There is no tariff ${tariffId}; import it first.`)
}

/** This will read the approved versions in force somewhere in `[start, end)`, by tariff and effective date. */
export async function tariffVersionsFor(
  tx: Tx,
  clientId: number,
  tariffIds: readonly number[],
  start: LocalDate,
  end: LocalDate,
): Promise<StoredTariffVersion[]> {
  return await selectVersions(tx, clientId, tariffIds, { start, end })
}

/** This will read every approved version of tariffs, by tariff and effective date. */
export async function tariffVersions(
  tx: Tx,
  clientId: number,
  tariffIds: readonly number[],
): Promise<StoredTariffVersion[]> {
  return await selectVersions(tx, clientId, tariffIds)
}

const TEXTS = new Map<string, PricedVersion['document']>()
const TEXTS_KEPT = 500

/** This will read versions that charges were priced with. Their texts never change: the latest read are kept. */
export async function pricedVersions(
  tx: Tx,
  clientId: number,
  keys: readonly Pick<PricedVersion, 'tariffId' | 'version'>[],
): Promise<PricedVersion[]> {
  if (keys.length === 0) return []
  const versions = await selectFingerprints(tx, clientId, keys)
  const unread = versions.filter(({ sha256 }) => !TEXTS.has(sha256))
  for (const { sha256, document } of await selectDocuments(tx, clientId, unread)) TEXTS.set(sha256, document)
  const priced = versions.flatMap(({ tariffId, version, sha256 }) => {
    const document = TEXTS.get(sha256)
    return document ? [{ tariffId, version, document }] : []
  })
  if (TEXTS.size > TEXTS_KEPT) TEXTS.clear()
  return priced
}

/** This will list the days of a holiday calendar in order. */
export async function holidays(
  tx: Tx,
  clientId: number,
  calendarCode: string,
): Promise<{ day: LocalDate; name: LocalText }[]> {
  return await selectHolidays(tx, clientId, calendarCode)
}

/** This will read all bill factors of a client with their values by characteristic and date. */
export async function billFactors(tx: Tx, clientId: number): Promise<StoredFactor[]> {
  return await selectFactors(tx, clientId)
}

/**
 * This will read what tariff versions take from the client's own tables, undefined when they take nothing. A factor
 * or calendar that the client does not have comes without values or days.
 */
export async function sharedValues(
  tx: Tx,
  clientId: number,
  versions: readonly Pick<StoredTariffVersion, 'document'>[],
): Promise<SharedValues | undefined> {
  const texts = versions.flatMap(({ document }) => document.versions).filter(takesSharedValues)
  if (texts.length === 0) return undefined
  const named = new Set(texts.flatMap((text) => (text.sharedFactors ?? []).map(({ code }) => code)))
  const shared: SharedValues = { factors: {}, holidays: {} }
  for (const { factorCode, values } of named.size > 0 ? await selectFactors(tx, clientId) : [])
    if (named.has(factorCode))
      shared.factors[factorCode] = values.map(({ characteristic, effectiveFrom, effectiveTo, value }) => ({
        characteristic,
        from: effectiveFrom,
        until: effectiveTo,
        value,
      }))
  for (const calendar of new Set(texts.flatMap(({ holidayCalendar }) => holidayCalendar ?? [])))
    shared.holidays[calendar] = (await selectHolidays(tx, clientId, calendar)).map(({ day }) => day)
  return shared
}
