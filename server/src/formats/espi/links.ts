import type { Block, MeterReading, Resource, Resources, TypeResource, UsagePoint } from './resources.ts'

/**
 * Follows the Atom links of a feed. Hosts, doubled and trailing slashes and thousands separators are ignored, because
 * feeds write the same link differently; a `related` or `up` link to the collection counts like one to the resource.
 */
export class LinkGraph {
  private readonly meterReadingsBySelf: Index<MeterReading>
  private readonly meterReadingsByRelated: Index<MeterReading>
  private readonly usagePointsBySelf: Index<UsagePoint>
  private readonly usagePointsByRelated: Index<UsagePoint>
  private readonly typesBySelf: Index<TypeResource>
  private readonly typesByRelated: Index<TypeResource>
  private readonly resources: Resources

  constructor(resources: Resources, meterReadings: MeterReading[]) {
    this.resources = resources
    this.meterReadingsBySelf = indexed(meterReadings, bySelf)
    this.meterReadingsByRelated = indexed(meterReadings, byRelated)
    this.usagePointsBySelf = indexed(resources.usagePoints, bySelf)
    this.usagePointsByRelated = indexed(resources.usagePoints, byRelated)
    this.typesBySelf = indexed(resources.types, bySelf)
    this.typesByRelated = indexed(resources.types, byRelated)
  }

  /** This will find the meter readings that a block names by its self link, and by its other links. */
  meterReadingsOf(block: Block): { self: MeterReading[]; up: MeterReading[] } {
    const self = keys(block.self)
    const up = keys(block.up)
    return {
      self: found(this.meterReadingsBySelf, self.map(ownerOfBlock), this.meterReadingsByRelated, self),
      up: found(
        this.meterReadingsBySelf,
        [...up.map(ownerOfBlock), ...keys(...block.related)],
        this.meterReadingsByRelated,
        up,
      ),
    }
  }

  typesOf(meterReading: MeterReading): TypeResource[] {
    const self = keys(meterReading.self)
    return found(this.typesBySelf, keys(...meterReading.related), this.typesByRelated, self)
  }

  usagePointOf(meterReading: MeterReading): UsagePoint | undefined {
    const up = keys(meterReading.up)
    const owners = [...keys(...meterReading.related), ...up.map((key) => key.replace(/\/MeterReading$/, ''))]
    const related = [...up, ...keys(meterReading.self)]
    return found(this.usagePointsBySelf, owners, this.usagePointsByRelated, related)[0]
  }

  localTimeOf(usagePoint: UsagePoint | undefined, meterReading: MeterReading) {
    const { localTimes } = this.resources
    const wanted = new Set(keys(...(usagePoint?.related ?? []), ...meterReading.related))
    const linked = localTimes.find((time) => bySelf(time).some((key) => wanted.has(key)))
    return linked ?? (localTimes.length === 1 ? localTimes[0] : undefined)
  }
}

/** This will merge the meter readings that a feed repeats under one self link. */
export function mergeMeterReadings(meterReadings: MeterReading[]): {
  unique: MeterReading[]
  repeated: string[]
} {
  const bySelfLink = new Map<string, MeterReading>()
  const repeated: string[] = []
  meterReadings.forEach((meterReading, index) => {
    const key = bySelf(meterReading)[0] ?? `#${index}`
    const first = bySelfLink.get(key)
    if (first) {
      repeated.push(key)
      first.related = [...new Set([...first.related, ...meterReading.related])]
    } else bySelfLink.set(key, { ...meterReading })
  })
  return { unique: [...bySelfLink.values()], repeated }
}

type Index<R> = ReadonlyMap<string, R[]>

function indexed<R extends Resource>(resources: R[], keysOf: (resource: R) => string[]): Index<R> {
  const index = new Map<string, R[]>()
  for (const resource of resources) {
    for (const key of keysOf(resource)) {
      const list = index.get(key)
      if (list) list.push(resource)
      else index.set(key, [resource])
    }
  }
  return index
}

function found<R>(one: Index<R>, oneKeys: string[], other: Index<R>, otherKeys: string[]): R[] {
  const hits = [
    ...oneKeys.flatMap((key) => one.get(key) ?? []),
    ...otherKeys.flatMap((key) => other.get(key) ?? []),
  ]
  return [...new Set(hits)]
}

function bySelf(resource: Resource): string[] {
  return keys(resource.self)
}

function byRelated(resource: Resource): string[] {
  return keys(...resource.related)
}

function keys(...hrefs: (string | undefined)[]): string[] {
  return hrefs.flatMap((href) => {
    if (!href) return []
    const path = href.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/{2,}/g, '/')
    return [path.replace(/^\/|\/$/g, '').replace(/(?<=\d),(?=\d{3})/g, '')]
  })
}

/** `.../MeterReading/1/IntervalBlock/7` and `.../MeterReading/1/IntervalBlock` belong to `.../MeterReading/1`. */
function ownerOfBlock(key: string): string {
  return key.replace(/\/IntervalBlock(\/[^/]*)?$/, '')
}
