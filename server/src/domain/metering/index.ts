export type { Channel, ConfiguredChannel, Device, InstalledDevice } from './device.ts'
export {
  createServicePoint,
  ensureSeries,
  exchangeMeter,
  installMeter,
  lockServicePoints,
  registerMeter,
  removeMeter,
  setConnected,
} from './operations.ts'
export {
  type Conversion,
  conversion,
  type Flow,
  fitsService,
  type ServiceKind,
  seriesUnit,
  unitsOf,
} from './quantity.ts'
export {
  findServicePointByBadge,
  findServicePointsByExternalNumber,
  getServicePoint,
  getServicePoints,
  installHistory,
  installsOfBadge,
  type MeterAt,
  meterAt,
  meterExchanges,
  seriesOfServicePoints,
  servicePointsOfPremise,
} from './queries.ts'
export { checkSeries, isIntervalLength, type Series, type SeriesKey } from './series.ts'
export type { ServicePoint } from './service-point.ts'
