import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/errors.ts'
import type { LocalDate } from '../../platform/time.ts'
import { selectFactors } from './store/factor.ts'
import { selectHolidays, selectTariffs, selectVersions } from './store/tariff.ts'
import type { StoredFactor, StoredTariff, StoredTariffVersion } from './stored-tariff.ts'
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
