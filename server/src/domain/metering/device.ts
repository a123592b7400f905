import type { Instant } from '../../platform/time.ts'
import type { Flow } from './quantity.ts'

/** One measured quantity of a configured device. */
export type Channel =
  | { kind: 'interval'; unit: string; flow: Flow; intervalSeconds: number; multiplier?: string }
  | { kind: 'register'; unit: string; flow: Flow; touCode?: string; multiplier?: string; dials?: number }

export interface Device {
  deviceId: number
  clientId: number
  kind: 'meter' | 'item'
  badge: string
  serialNumber: string | null
  manufacturer: string | null
  model: string | null
  status: 'in_store' | 'installed' | 'retired'
}

/** A device on a service point, from, to. */
export interface InstalledDevice extends Device {
  servicePointId: number
  installNumber: number
  configurationNumber: number
  installedAt: Instant
  removedAt: Instant | null
  switchedOn: boolean
}

/** A channel as it is stored, with its number inside the configuration. */
export interface ConfiguredChannel {
  deviceId: number
  configurationNumber: number
  channelNumber: number
  kind: 'interval' | 'register'
  unit: string
  flow: Flow
  touCode: string | null
  intervalSeconds: number | null
  multiplier: string
  dials: number | null
}
