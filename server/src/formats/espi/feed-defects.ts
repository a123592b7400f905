import type { Defect } from './series.ts'
import { childOf, descendants, type XmlElement } from './xml-element.ts'

/** The largest UInt32: a longer duration was written in milliseconds. */
const MAX_DURATION = 4_294_967_295
/** Later than the year 5000 as seconds. */
const FIRST_MILLISECOND_STAMP = 1e11

/** This will name what live feeds get wrong in an entry without harm to its readings. */
export function entryDefects(entry: XmlElement, where: string): Defect[] {
  const defects: Defect[] = []
  const report = (code: string, message: string) => {
    defects.push({ code, message, where, severity: 'tolerated', count: 1 })
  }
  const links = entry.children.filter((child) => child.name === 'link')
  const self = links.find((link) => link.attributes.rel === 'self')?.attributes.href
  if (!self) report('no_self_link', 'the entry has no self link')
  else if (/\d,\d{3}$/.test(self))
    report('separators_in_link', 'the id in the self link has thousands separators')
  if (links.length === 1) report('single_link', 'the entry has one link only')
  for (const content of entry.children.filter((child) => child.name === 'content')) {
    for (const resource of content.children) reportResource(resource, report)
  }
  return defects
}

function reportResource(resource: XmlElement, report: (code: string, message: string) => void): void {
  if (resource.name === 'IntervalBlock') return
  if (resource.name === 'MeterReading' && childOf(resource, 'ReadingType')) {
    report('nested_reading_type', 'the ReadingType stands inside its MeterReading')
  }
  for (const { name, text } of descendants(resource)) {
    if (name === 'ServiceDeliveryPoint')
      report('spelling', 'ServiceDeliveryPoint is written with a capital S')
    else if (name === 'statusTimeStamp' && Number(text) >= FIRST_MILLISECOND_STAMP) {
      report('milliseconds', 'statusTimeStamp is in milliseconds')
    } else if (name === 'duration' && Number(text) > MAX_DURATION) {
      report('milliseconds', 'a duration is in milliseconds')
    }
  }
}

/** This will count equal tolerated defects as one, named by the first place where each was seen. */
export function merged(defects: Defect[]): Defect[] {
  const byReason = new Map<string, Defect>()
  for (const defect of defects) {
    const key = defect.severity === 'refused' ? `${byReason.size}` : `${defect.code} ${defect.message}`
    const first = byReason.get(key)
    if (first) first.count += defect.count
    else byReason.set(key, { ...defect })
  }
  return [...byReason.values()]
}
