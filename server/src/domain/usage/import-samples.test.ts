import { createReadStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { makeClient, makeServicePoint } from '../../../test/support/place.ts'
import { sharedDir } from '../../../test/support/shared.ts'
import { readGreenButton } from '../../formats/espi/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { Temporal } from '../../platform/time.ts'
import { startAgreement } from '../agreements/index.ts'
import { createCustomer, createPerson, openBillingAccount } from '../customers/index.ts'
import { installMeter, registerMeter } from '../metering/index.ts'
import { importUsage } from './index.ts'

const { db, owner } = await testDatabase()
const now = Temporal.Instant.from('2025-01-01T00:00:00Z')
const samples = sharedDir && join(sharedDir, 'espi', 'samples')
const files = samples ? readdirSync(samples).filter((name) => name.endsWith('.xml')) : []

type Facts = Record<string, { intervalReadings?: { count: number } }>

const actor = { actor: 'cli:test', door: 'cli' as const }
const ZONES: Record<number, string> = {
  [-18_000]: 'America/New_York',
  [-21_600]: 'America/Chicago',
  [-28_800]: 'America/Los_Angeles',
}

/** Gives the usage points of a file service points of the fitting kind and zone, each with a meter and a customer. */
async function makePlaces(file: string, clientId: number): Promise<void> {
  const { series } = await readGreenButton(createReadStream(file))
  const places = new Map(series.map((one) => [one.usagePointId ?? '', one]))
  for (const [externalNumber, { service, localTime }] of places) {
    const timeZone = ZONES[localTime?.tzOffsetSeconds ?? -18_000] ?? 'America/New_York'
    const serviceKind = service === 'gas' || service === 'water' ? service : 'electricity'
    const servicePointId = await makeServicePoint(db, { clientId, externalNumber, serviceKind, timeZone })
    await db.transaction(async (tx) => {
      const deviceId = await registerMeter(tx, { clientId, badge: `M-${servicePointId}`, channels: [], now })
      const since = '2000-01-01'
      await installMeter(tx, {
        servicePointId,
        deviceId,
        installedAt: Temporal.Instant.from(`${since}T00:00:00Z`),
      })
      const name = { kind: 'human' as const, lastName: 'Sample' }
      const mainPersonId = await createPerson(tx, { clientId, name, now })
      const customer = { clientId, companyId: 1, mainPersonId, class: 'residential' as const, since, now }
      const customerId = await createCustomer(tx, customer)
      const mailingAddress = { line1: '1 Elm Street', city: 'Millbrook', state: 'TX', postalCode: '75001' }
      const accountNumber = await openBillingAccount(tx, {
        customerId,
        cycleCode: 'C1',
        openedOn: since,
        mailingAddress,
      })
      await startAgreement(tx, {
        customerId,
        accountNumber,
        startDate: since,
        points: [{ servicePointId }],
        now,
      })
    })
  }
}

/** The files with readings of which the import refuses some or all, the codes, and the reason in words. */
const REFUSED: Record<string, { codes: string[]; because: string }> = {
  'gbacmd-1up-3readings.xml': {
    codes: ['refused:block_link_ambiguous', 'refused:reading_type_ambiguous'],
    because: 'two of its three meter readings cannot be told apart by their links; the third is taken',
  },
  'gbacmd-intervalblock.xml': {
    codes: ['espi_refused'],
    because: 'a lone block: its unit is not in the file',
  },
  'verdigris-ESPIIntervalBlock.xml': {
    codes: ['espi_refused'],
    because: 'lone blocks: their unit is not in the file',
  },
  'gbasdk-coastal-sf-2011.xml': {
    codes: ['espi_refused'],
    because: 'two different readings start at one moment of the spring clock change',
  },
  'nationalgrid-ma-gas-2024.xml': {
    codes: ['espi_refused'],
    because: 'its reading type has no unit, and all 36 readings start at one moment',
  },
  'seed-invalid-electricity-cf.xml': { codes: ['espi_refused'], because: 'electricity in cubic feet' },
}

/** Readings that stand twice, word for word: they are taken once. */
const REPEATED: Record<string, number> = { 'gbasdk-1hr-32days-additional3.xml': 1 }

interface Outcome {
  taken: number
  codes: string[]
}

async function outcomeOf(name: string, clientId: number): Promise<Outcome> {
  const file = join(samples ?? '', name)
  const run = () =>
    importUsage(db, { clientId, fileName: name, open: () => createReadStream(file), now, actor })
  try {
    await makePlaces(file, clientId)
    const report = await run()
    expect(await run()).toMatchObject({ taken: 0, corrected: 0, same: report.taken, refused: report.refused })
    const codes = [...report.series, ...report.faults.filter((fault) => fault.code?.startsWith('refused:'))]
    return { taken: report.taken, codes: codes.flatMap(({ code }) => code ?? []) }
  } catch (error) {
    if (error instanceof Refusal) return { taken: 0, codes: [error.code] }
    throw error
  }
}

describe.skipIf(samples === undefined)('importing every Green Button sample', () => {
  const facts = samples
    ? (JSON.parse(readFileSync(join(samples, '..', 'facts.json'), 'utf8')).files as Facts)
    : {}
  test.each(files.map((name, index) => [name, index + 1] as const))('%s', async (name, clientId) => {
    await makeClient(owner, clientId)
    const { taken, codes } = await outcomeOf(name, clientId)
    const readings = (facts[name]?.intervalReadings?.count ?? 0) - (REPEATED[name] ?? 0)
    const refused = REFUSED[name]
    if (refused) expect(codes, refused.because).toEqual(refused.codes)
    else if (readings > 0) expect({ taken, codes }).toEqual({ taken: readings, codes: [] })
    else expect(['usage_file_empty', 'espi_wrong_root']).toContain(codes[0])
  })
})
