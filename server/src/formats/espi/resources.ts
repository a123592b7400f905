import { type BlockReadings, readBlock } from './block.ts'
import { entryDefects } from './feed-defects.ts'
import { type LocalTime, readLocalTime } from './local-time.ts'
import type { Defect, ReadingType } from './series.ts'
import { childOf, textOf, type XmlElement } from './xml-element.ts'

const CUSTOMER_NAMESPACE = 'http://naesb.org/espi/customer'

export interface Resource {
  /** The Atom id, or where the entry stands when it has none. */
  id: string
  self?: string
  up?: string
  related: string[]
}

export interface UsagePoint extends Resource {
  serviceKind?: number
  tariffProfile?: string
}
export interface MeterReading extends Resource {
  nestedType?: Partial<ReadingType>
}
export interface TypeResource extends Resource {
  type: Partial<ReadingType>
}
export interface TimeResource extends Resource {
  localTime: LocalTime
}
export interface Block extends Resource, BlockReadings {}

/** The resources of a usage feed, as they come, before their links are followed. */
export interface Resources {
  usagePoints: UsagePoint[]
  meterReadings: MeterReading[]
  types: TypeResource[]
  localTimes: TimeResource[]
  blocks: Block[]
  defects: Defect[]
}

export function noResources(): Resources {
  return { usagePoints: [], meterReadings: [], types: [], localTimes: [], blocks: [], defects: [] }
}

/** This will add the resources in an entry's content to `into`; whatever is no usage resource is passed over. */
export function addEntry(entry: XmlElement, line: number, into: Resources): void {
  const resource = linksOf(entry, line)
  into.defects.push(...entryDefects(entry, resource.self ?? resource.id))
  for (const content of entry.children) {
    if (content.name !== 'content') continue
    for (const element of content.children) {
      if (element.namespace !== CUSTOMER_NAMESPACE) addResource(element, resource, into)
    }
  }
}

function addResource(element: XmlElement, resource: Resource, into: Resources): void {
  if (element.name === 'UsagePoint') into.usagePoints.push(readUsagePoint(element, resource, into.defects))
  else if (element.name === 'MeterReading') {
    const nested = childOf(element, 'ReadingType')
    into.meterReadings.push({ ...resource, ...(nested ? { nestedType: readType(nested) } : {}) })
  } else if (element.name === 'ReadingType') into.types.push({ ...resource, type: readType(element) })
  else if (element.name === 'LocalTimeParameters') addLocalTime(element, resource, into)
  else if (element.name === 'IntervalBlock') {
    into.blocks.push({ ...resource, ...readBlock(element, resource.id) })
  }
}

function linksOf(entry: XmlElement, line: number): Resource {
  const resource: Resource = { id: textOf(entry, 'id') ?? `line ${line}`, related: [] }
  for (const { name, attributes } of entry.children) {
    const { rel, href } = attributes
    if (name !== 'link' || !href) continue
    if (rel === 'self') resource.self = href
    else if (rel === 'up') resource.up = href
    else if (rel === 'related') resource.related.push(href)
  }
  return resource
}

function readUsagePoint(element: XmlElement, resource: Resource, defects: Defect[]): UsagePoint {
  const serviceKind = codeOf(childOf(element, 'ServiceCategory'), 'kind')
  if (serviceKind === undefined) {
    const message = 'the usage point does not say which service it measures'
    defects.push({ code: 'no_service_kind', message, where: resource.id, severity: 'tolerated', count: 1 })
  }
  const point = childOf(element, 'serviceDeliveryPoint') ?? childOf(element, 'ServiceDeliveryPoint')
  const tariffProfile = textOf(point, 'tariffProfile')
  return {
    ...resource,
    ...(serviceKind === undefined ? {} : { serviceKind }),
    ...(tariffProfile === undefined ? {} : { tariffProfile }),
  }
}

function addLocalTime(element: XmlElement, resource: Resource, into: Resources): void {
  const read = readLocalTime(element)
  for (const rule of read ? read.unreadable : ['tzOffset']) {
    const message = `the local time parameter ${rule} cannot be read and is ignored`
    into.defects.push({
      code: 'local_time_unreadable',
      message,
      where: resource.id,
      severity: 'tolerated',
      count: 1,
    })
  }
  if (read) into.localTimes.push({ ...resource, localTime: read.localTime })
}

const TYPE_CODES = [
  'uom',
  'powerOfTenMultiplier',
  'accumulationBehaviour',
  'commodity',
  'currency',
  'dataQualifier',
  'defaultQuality',
  'flowDirection',
  'kind',
  'measuringPeriod',
  'phase',
  'timeAttribute',
] as const

function readType(element: XmlElement): Partial<ReadingType> {
  const type: Partial<ReadingType> = {}
  for (const name of TYPE_CODES) {
    const code = codeOf(element, name)
    if (code !== undefined) type[name] = code
  }
  const intervalLengthSeconds = codeOf(element, 'intervalLength')
  if (intervalLengthSeconds) type.intervalLengthSeconds = intervalLengthSeconds
  return type
}

function codeOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name)
  return text !== undefined && /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined
}
