import { sql } from 'kysely'
import { insertRows } from '../../../platform/db/bulk.ts'
import type { Tx } from '../../../platform/db/index.ts'
import type { Instant } from '../../../platform/time.ts'
import type { Channel, ConfiguredChannel, Device, InstalledDevice } from '../device.ts'

export async function insertDevice(
  tx: Tx,
  device: Omit<Device, 'deviceId' | 'status'> & { now: Instant },
): Promise<number> {
  const row = await tx
    .insertInto('device')
    .values({
      client_id: device.clientId,
      kind: device.kind,
      badge: device.badge,
      serial_number: device.serialNumber,
      manufacturer: device.manufacturer,
      model: device.model,
      status: 'in_store',
      created_at: device.now,
    })
    .returning('device_id')
    .executeTakeFirstOrThrow()
  return row.device_id
}

export async function insertConfiguration(
  tx: Tx,
  configuration: {
    deviceId: number
    configurationNumber: number
    startAt: Instant
    channels: readonly Channel[]
  },
): Promise<void> {
  const { deviceId, configurationNumber, channels } = configuration
  await tx
    .insertInto('device_configuration')
    .values({
      device_id: deviceId,
      configuration_number: configurationNumber,
      start_at: configuration.startAt,
      end_at: null,
    })
    .execute()
  await insertRows(
    tx,
    'channel',
    {
      device_id: 'int8',
      configuration_number: 'int2',
      channel_number: 'int2',
      kind: 'text',
      unit: 'text',
      flow: 'text',
      tou_code: 'text',
      interval_seconds: 'int4',
      multiplier: 'numeric',
      dials: 'int2',
    },
    channels.map((channel, index) => ({
      device_id: deviceId,
      configuration_number: configurationNumber,
      channel_number: index + 1,
      kind: channel.kind,
      unit: channel.unit,
      flow: channel.flow,
      tou_code: channel.kind === 'register' ? channel.touCode : undefined,
      interval_seconds: channel.kind === 'interval' ? channel.intervalSeconds : undefined,
      multiplier: channel.multiplier ?? '1',
      dials: channel.kind === 'register' ? channel.dials : undefined,
    })),
  )
}

export async function lockDevice(tx: Tx, deviceId: number): Promise<Device | undefined> {
  const row = await tx
    .selectFrom('device')
    .selectAll()
    .where('device_id', '=', deviceId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && deviceFromRow(row)
}

function deviceFromRow(row: {
  device_id: number
  client_id: number
  kind: string
  badge: string
  serial_number: string | null
  manufacturer: string | null
  model: string | null
  status: string
}): Device {
  return {
    deviceId: row.device_id,
    clientId: row.client_id,
    kind: row.kind as Device['kind'],
    badge: row.badge,
    serialNumber: row.serial_number,
    manufacturer: row.manufacturer,
    model: row.model,
    status: row.status as Device['status'],
  }
}

export async function updateDeviceStatus(tx: Tx, deviceId: number, status: Device['status']): Promise<void> {
  await tx.updateTable('device').set({ status }).where('device_id', '=', deviceId).execute()
}

export async function selectConfigurationNumber(
  tx: Tx,
  deviceId: number,
  at: Instant,
): Promise<number | undefined> {
  const { rows } = await sql<{ configuration_number: number }>`
    select configuration_number from device_configuration
    where device_id = ${deviceId} and tstzrange(start_at, end_at) @> ${at}::timestamptz`.execute(tx)
  return rows[0]?.configuration_number
}

export async function selectChannels(tx: Tx, deviceIds: readonly number[]): Promise<ConfiguredChannel[]> {
  if (deviceIds.length === 0) return []
  const rows = await tx
    .selectFrom('channel')
    .selectAll()
    .where('device_id', 'in', deviceIds)
    .orderBy('device_id')
    .orderBy('configuration_number')
    .orderBy('channel_number')
    .execute()
  return rows.map((row) => ({
    deviceId: row.device_id,
    configurationNumber: row.configuration_number,
    channelNumber: row.channel_number,
    kind: row.kind as ConfiguredChannel['kind'],
    unit: row.unit,
    flow: row.flow as ConfiguredChannel['flow'],
    touCode: row.tou_code,
    intervalSeconds: row.interval_seconds,
    multiplier: String(row.multiplier),
    dials: row.dials,
  }))
}

export async function insertInstall(
  tx: Tx,
  install: { servicePointId: number; deviceId: number; configurationNumber: number; installedAt: Instant },
): Promise<number> {
  const { rows } = await sql<{ install_number: number }>`
    insert into install_event (service_point_id, install_number, device_id, configuration_number, installed_at)
    select ${install.servicePointId}, coalesce(max(install_number), 0) + 1, ${install.deviceId},
           ${install.configurationNumber}, ${install.installedAt}::timestamptz
    from install_event where service_point_id = ${install.servicePointId}
    returning install_number`.execute(tx)
  return rows[0]?.install_number ?? 0
}

export async function endInstall(
  tx: Tx,
  install: { servicePointId: number; installNumber: number },
  removedAt: Instant,
): Promise<void> {
  await tx
    .updateTable('install_event')
    .set({ removed_at: removedAt })
    .where('service_point_id', '=', install.servicePointId)
    .where('install_number', '=', install.installNumber)
    .execute()
}

/** When another meter than a point's first was installed, oldest first; few points have any. */
export async function selectExchanges(
  tx: Tx,
  servicePointIds: readonly number[],
): Promise<{ servicePointId: number; installedAt: Instant }[]> {
  const { rows } = await sql<{ servicePointId: number; installedAt: Instant }>`
    select service_point_id as "servicePointId", installed_at as "installedAt"
      from (select i.service_point_id, i.installed_at,
                   row_number() over (partition by i.service_point_id order by i.installed_at) as position
              from install_event i join device d using (device_id)
             where i.service_point_id = any(${servicePointIds}::int8[]) and d.kind = 'meter') meters
     where position > 1 order by service_point_id, installed_at`.execute(tx)
  return rows
}

/** Installs of these points or of this device, oldest first. */
export async function selectInstalls(
  tx: Tx,
  of: { servicePointIds: readonly number[] } | { deviceId: number },
): Promise<InstalledDevice[]> {
  const query = tx
    .selectFrom('install_event as i')
    .innerJoin('device as d', 'd.device_id', 'i.device_id')
    .selectAll('d')
    .select([
      'i.service_point_id',
      'i.install_number',
      'i.configuration_number',
      'i.installed_at',
      'i.removed_at',
      'i.switched_on',
    ])
    .orderBy('i.service_point_id')
    .orderBy('i.installed_at')
  const rows =
    'deviceId' in of
      ? await query.where('i.device_id', '=', of.deviceId).execute()
      : of.servicePointIds.length === 0
        ? []
        : await query
            .where('i.service_point_id', '=', sql<number>`any(${of.servicePointIds}::int8[])`)
            .execute()
  return rows.map((row) => ({
    ...deviceFromRow(row),
    servicePointId: row.service_point_id,
    installNumber: row.install_number,
    configurationNumber: row.configuration_number,
    installedAt: row.installed_at,
    removedAt: row.removed_at,
    switchedOn: row.switched_on,
  }))
}
