import { Refusal } from '../../platform/errors.ts'
import { eachEntry, type XmlSource } from './source.ts'
import { childOf, descendants, textOf, type XmlElement } from './xml-element.ts'

const CUSTOMER_NAMESPACE = 'http://naesb.org/espi/customer'
const ROOTS = ['feed', 'entry', 'BatchList', 'ServiceStatus']
/** Longer lists are cut to this many usage summaries, and to a sample of reading types. */
const MAX_SUMMARIES = 30
const MAX_READING_TYPES = 20
const SAMPLED_READING_TYPES = 3

export type ReadingTypeFacts = Record<string, number>

export interface IntervalFacts {
  count: number
  withValue: number
  sumOfRawValues: number
  minStart?: number
  maxStart?: number
  distinctStarts: number
  /** Distinct durations in seconds, ordered as text. */
  durations: number[]
  sumOfRawCosts?: number
  /** How many readings carry each quality code, time-of-use code. */
  qualities?: Record<string, number>
  tou?: Record<string, number>
}

export interface UsageSummaryFacts {
  periodStart?: number
  periodDuration?: number
  billLastPeriod?: number
  currency?: number
  overall?: number
  overallUom?: number
  overallMultiplier?: number
  lineItems?: number
  tariffProfile?: string
}

/** What a Green Button file holds, as transcribed: raw integers, nothing rescaled. Absent facts are absent. */
export interface GreenButtonFacts {
  root: string
  rootNamespace: string | null
  entries: number
  /** How many resources of each name stand directly in the content of entries. */
  content: Record<string, number>
  feedSelf?: string
  /** The service kind of each usage point; null where it is empty. */
  serviceKinds?: (number | null)[]
  readingTypes?: ReadingTypeFacts[] | { count: number; first: ReadingTypeFacts[] }
  intervalReadings?: IntervalFacts
  usageSummaries?: UsageSummaryFacts[]
  usageSummaryCount?: number
  localTime?: Record<string, string>[]
  resources?: string[]
}

/**
 * This will count what a Green Button file holds, without judging it: feed, single entry or batch list, any namespace
 * prefixes. Refuses `espi_wrong_root` and everything `eachEntry` refuses.
 * Source: NAESB REQ.21 ESPI 4.0.
 */
export async function inspectGreenButton(source: XmlSource): Promise<GreenButtonFacts> {
  const tally = new Tally()
  const root = await eachEntry(source, (entry) => tally.addEntry(entry))
  if (!ROOTS.includes(root.name)) throw wrongRoot(root.name)
  const feedSelf = root.children.find((child) => child.name === 'link' && child.attributes.rel === 'self')
    ?.attributes.href
  const facts: GreenButtonFacts = {
    root: root.name,
    rootNamespace: root.namespace || null,
    entries: tally.entries,
    content: Object.fromEntries(tally.content),
    ...(feedSelf === undefined ? {} : { feedSelf }),
    ...tally.facts(),
  }
  const resources = root.children.filter((child) => child.name === 'resources').map((child) => child.text)
  return resources.length > 0 ? { ...facts, resources } : facts
}

/** This will make the refusal of an XML file that is no Green Button file. */
export function wrongRoot(name: string): Refusal {
  const message = `This is not a Green Button file: its root element is <${name}>, not an Atom <feed> or <entry>.`
  return new Refusal('malformed', 'espi_wrong_root', message)
}

class Tally {
  entries = 0
  readonly content = new Map<string, number>()
  private readonly serviceKinds: (number | null)[] = []
  private readonly readingTypes: ReadingTypeFacts[] = []
  private readonly summaries: UsageSummaryFacts[] = []
  private readonly localTime: Record<string, string>[] = []
  private readonly intervals = new IntervalTally()

  addEntry(entry: XmlElement): void {
    this.entries++
    for (const content of entry.children) {
      if (content.name !== 'content') continue
      for (const resource of content.children) {
        bump(this.content, resource.name)
        for (const element of descendants(resource)) this.add(element)
      }
    }
  }

  private add(element: XmlElement): void {
    if (element.name === 'IntervalReading') this.intervals.add(element)
    else if (element.namespace === CUSTOMER_NAMESPACE) return
    else if (element.name === 'UsagePoint') {
      this.serviceKinds.push(integerOf(childOf(element, 'ServiceCategory'), 'kind') ?? null)
    } else if (element.name === 'ReadingType') this.readingTypes.push(readingTypeFacts(element))
    else if (element.name === 'UsageSummary' || element.name === 'ElectricPowerUsageSummary') {
      this.summaries.push(summaryFacts(element))
    } else if (element.name === 'LocalTimeParameters') {
      this.localTime.push(Object.fromEntries(element.children.map((child) => [child.name, child.text])))
    }
  }

  facts(): Partial<GreenButtonFacts> {
    const { serviceKinds, readingTypes, summaries, localTime } = this
    const intervalReadings = this.intervals.facts()
    return {
      ...(serviceKinds.length > 0 ? { serviceKinds } : {}),
      ...(readingTypes.length > 0 ? { readingTypes: sampled(readingTypes) } : {}),
      ...(intervalReadings ? { intervalReadings } : {}),
      ...(summaries.length > 0
        ? { usageSummaries: summaries.slice(0, MAX_SUMMARIES), usageSummaryCount: summaries.length }
        : {}),
      ...(localTime.length > 0 ? { localTime } : {}),
    }
  }
}

class IntervalTally {
  private count = 0
  private withValue = 0
  private sumOfValues = 0n
  private sumOfCosts: bigint | undefined
  private readonly starts = new Set<number>()
  private readonly durations = new Set<number>()
  private readonly qualities = new Map<string, number>()
  private readonly tou = new Map<string, number>()

  add(reading: XmlElement): void {
    this.count++
    for (const child of reading.children) {
      if (child.name === 'value' && isInteger(child.text)) {
        this.withValue++
        this.sumOfValues += BigInt(child.text)
      } else if (child.name === 'cost' && isInteger(child.text)) {
        this.sumOfCosts = (this.sumOfCosts ?? 0n) + BigInt(child.text)
      } else if (child.name === 'ReadingQuality') {
        const quality = textOf(child, 'quality')
        if (quality !== undefined) bump(this.qualities, quality)
      } else if (child.name === 'tou' && child.text !== '') bump(this.tou, child.text)
      else if (child.name === 'timePeriod') this.addPeriod(child)
    }
  }

  private addPeriod(period: XmlElement): void {
    const start = Number(textOf(period, 'start'))
    const duration = Number(textOf(period, 'duration'))
    if (Number.isFinite(start)) this.starts.add(start)
    if (Number.isFinite(duration)) this.durations.add(duration)
  }

  facts(): IntervalFacts | undefined {
    if (this.count === 0) return undefined
    let minStart = Number.POSITIVE_INFINITY
    let maxStart = Number.NEGATIVE_INFINITY
    for (const start of this.starts) {
      if (start < minStart) minStart = start
      if (start > maxStart) maxStart = start
    }
    return {
      count: this.count,
      withValue: this.withValue,
      sumOfRawValues: Number(this.sumOfValues),
      ...(this.starts.size > 0 ? { minStart, maxStart } : {}),
      distinctStarts: this.starts.size,
      durations: [...this.durations].map(String).sort().map(Number),
      ...(this.sumOfCosts === undefined ? {} : { sumOfRawCosts: Number(this.sumOfCosts) }),
      ...(this.qualities.size > 0 ? { qualities: Object.fromEntries(this.qualities) } : {}),
      ...(this.tou.size > 0 ? { tou: Object.fromEntries(this.tou) } : {}),
    }
  }
}

function readingTypeFacts(element: XmlElement): ReadingTypeFacts {
  const facts: ReadingTypeFacts = {}
  for (const child of element.children) {
    if (isInteger(child.text) && child.children.length === 0) facts[child.name] = Number(child.text)
  }
  return facts
}

function summaryFacts(element: XmlElement): UsageSummaryFacts {
  const period = childOf(element, 'billingPeriod')
  const overall = childOf(element, 'overallConsumptionLastPeriod')
  const lineItems = element.children.filter((child) => child.name === 'costAdditionalDetailLastPeriod').length
  const facts: { [Name in keyof UsageSummaryFacts]: UsageSummaryFacts[Name] | undefined } = {
    periodStart: integerOf(period, 'start'),
    periodDuration: integerOf(period, 'duration'),
    billLastPeriod: integerOf(element, 'billLastPeriod'),
    currency: integerOf(element, 'currency'),
    overall: integerOf(overall, 'value'),
    overallUom: integerOf(overall, 'uom'),
    overallMultiplier: integerOf(overall, 'powerOfTenMultiplier'),
    lineItems: lineItems || undefined,
    tariffProfile: textOf(element, 'tariffProfile'),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

function sampled(types: ReadingTypeFacts[]): NonNullable<GreenButtonFacts['readingTypes']> {
  if (types.length <= MAX_READING_TYPES) return types
  return { count: types.length, first: types.slice(0, SAMPLED_READING_TYPES) }
}

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text)
}

function integerOf(element: XmlElement | undefined, name: string): number | undefined {
  const text = textOf(element, name)
  return text !== undefined && isInteger(text) ? Number(text) : undefined
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
