import { ODDITIES, type Oddity } from './block.ts'
import { flowOf, type Measure, measureOf, serviceOf, unitFits, unitSymbol } from './codes.ts'
import type { LinkGraph } from './links.ts'
import { inOrder } from './order.ts'
import type { Block, MeterReading, Resources, UsagePoint } from './resources.ts'
import type { Defect, GreenButtonReading, GreenButtonSeries, ReadingType } from './series.ts'

/**
 * This will make the series of a meter reading from its blocks, reporting to the defects of `resources`; undefined
 * when it has no readings, or was refused.
 */
export function assembleSeries(
  meterReading: MeterReading,
  blocks: Block[],
  graph: LinkGraph,
  resources: Resources,
): GreenButtonSeries | undefined {
  if (blocks.length === 0) return undefined
  const where = meterReading.self ?? meterReading.id
  const report = (code: string, message: string, severity: Defect['severity'] = 'tolerated') => {
    resources.defects.push({ code, message, where, severity, count: 1 })
  }
  const refuse = (code: string, message: string) => report(code, message, 'refused')
  const usagePoint = graph.usagePointOf(meterReading) ?? onlyUsagePoint(resources, report)
  const readingType = typeOf(meterReading, graph, resources, report, refuse)
  const measured = readingType && measurement(readingType, usagePoint, report, refuse)
  const faults = blocks.flatMap((block) => block.faults)
  resources.defects.push(...faults)
  if (!readingType || !measured || faults.length > 0) return undefined
  const readings = completed(blocks, readingType, measured.measure, report, refuse)
  if (!readings || readings.length === 0) return undefined
  const localTime = graph.localTimeOf(usagePoint, meterReading)?.localTime
  return {
    meterReadingId: meterReading.id,
    ...(meterReading.self ? { meterReadingHref: meterReading.self } : {}),
    ...(usagePoint ? { usagePointId: usagePoint.id } : {}),
    ...(usagePoint?.self ? { usagePointHref: usagePoint.self } : {}),
    ...(usagePoint?.serviceKind === undefined ? {} : { serviceKind: usagePoint.serviceKind }),
    ...(usagePoint?.tariffProfile ? { tariffProfile: usagePoint.tariffProfile } : {}),
    readingType,
    ...measured,
    ...(localTime ? { localTime } : {}),
    readings,
  }
}

type Report = (code: string, message: string) => void

function onlyUsagePoint(resources: Resources, report: Report): UsagePoint | undefined {
  const [only, ...others] = resources.usagePoints
  const assumed = others.length === 0 ? only : undefined
  const taken = assumed ? 'the only one in the file was taken' : 'its service is unknown'
  report('usage_point_assumed', `no link leads from the meter reading to a usage point: ${taken}`)
  return assumed
}

function typeOf(
  meterReading: MeterReading,
  graph: LinkGraph,
  resources: Resources,
  report: Report,
  refuse: Report,
): ReadingType | undefined {
  let types = meterReading.nestedType ? [meterReading.nestedType] : []
  if (types.length === 0) types = distinct(graph.typesOf(meterReading).map((resource) => resource.type))
  if (types.length === 0 && resources.types.length === 1) {
    report('reading_type_assumed', 'no link leads to a ReadingType: the only one in the file was taken')
    types = resources.types.map((resource) => resource.type)
  }
  const [type] = types
  if (types.length > 1) refuse('reading_type_ambiguous', 'its link names several different reading types')
  else if (!type) refuse('unit_unknown', 'its unit is unknown, because no link leads to its ReadingType')
  else if (type.uom === undefined)
    refuse('unit_unknown', 'its unit is unknown, because its ReadingType has no uom')
  else {
    if (type.powerOfTenMultiplier === undefined) report('no_multiplier', 'powerOfTenMultiplier is taken as 0')
    return { powerOfTenMultiplier: 0, ...type, uom: type.uom }
  }
  return undefined
}

function distinct<Value>(values: Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function measurement(type: ReadingType, usagePoint: UsagePoint | undefined, report: Report, refuse: Report) {
  const service = serviceOf(type.commodity, usagePoint?.serviceKind)
  const declared = serviceOf(undefined, usagePoint?.serviceKind)
  if (service === undefined) report('service_unknown', 'neither commodity nor usage point name the service')
  else if (declared !== undefined && declared !== service) {
    report('commodity_mismatch', `the usage point says ${declared}, the commodity ${service}`)
  }
  if (type.flowDirection === undefined) report('no_flow_direction', 'flowDirection is taken as delivered')
  const unit = unitSymbol(type.uom)
  if (unit === undefined) {
    refuse('unit_unknown', `the unit code ${type.uom} is not one that can be billed`)
    return undefined
  }
  if (!unitFits(type.uom, service ?? 'other')) {
    refuse('unit_impossible', `${service} cannot be measured in ${unit} (uom ${type.uom})`)
    return undefined
  }
  const measure = measureOf(type.accumulationBehaviour)
  return { service: service ?? 'other', unit, flow: flowOf(type.flowDirection), measure }
}

function completed(
  blocks: Block[],
  type: ReadingType,
  measure: Measure,
  report: Report,
  refuse: Report,
): GreenButtonReading[] | undefined {
  reportOddities(blocks, report)
  const length = type.intervalLengthSeconds
  const readings: GreenButtonReading[] = []
  for (const reading of blocks.flatMap((block) => block.readings)) {
    if (Number.isNaN(reading.durationSeconds)) {
      if (length === undefined) {
        refuse('no_duration', 'a reading has no duration, and its ReadingType no interval length')
        return undefined
      }
      reading.durationSeconds = length
    }
    if (reading.quality === undefined && type.defaultQuality !== undefined)
      reading.quality = type.defaultQuality
    readings.push(reading)
  }
  return inOrder(readings, measure, report, refuse)
}

function reportOddities(blocks: Block[], report: Report): void {
  const counts = new Map<Oddity, number>()
  for (const { oddities } of blocks) {
    for (const oddity of oddities) counts.set(oddity, (counts.get(oddity) ?? 0) + 1)
  }
  for (const [oddity, count] of counts) report(oddity, `${count} readings ${ODDITIES[oddity]}`)
}
