import { Refusal } from '../../platform/errors.ts'
import { assembleSeries } from './assemble.ts'
import { merged } from './feed-defects.ts'
import { wrongRoot } from './inspect.ts'
import { LinkGraph, mergeMeterReadings } from './links.ts'
import { addEntry, type Block, type MeterReading, noResources, type Resources } from './resources.ts'
import type { Defect, GreenButtonFile, GreenButtonSeries } from './series.ts'
import { eachEntry, type XmlSource } from './source.ts'

/**
 * This will read the interval data of a Green Button file: one series a MeterReading, each with its unit, direction and
 * local time, readings in order and without overlap. Live-feed defects that do no harm are put right and reported;
 * a series that cannot be trusted is left out whole and its defects say `refused`.
 * Refuses `espi_refused` when no series is left, `espi_wrong_root`, and everything `eachEntry` refuses.
 * Source: NAESB REQ.21 ESPI 4.0, sections on Atom links, ReadingType and IntervalBlock.
 */
export async function readGreenButton(source: XmlSource): Promise<GreenButtonFile> {
  const resources = noResources()
  const root = await eachEntry(source, (entry, line) => addEntry(entry, line, resources))
  if (root.name !== 'feed' && root.name !== 'entry') throw wrongRoot(root.name)
  if (/\S/.test(root.text)) {
    report(resources, 'stray_text', 'text stands between the elements of the feed and is ignored', 'feed')
  }
  for (const child of root.children) {
    if (child.name !== 'ProgramIdMappings') continue
    report(resources, 'stray_element', `${child.name} stands outside an entry and is ignored`, 'feed')
  }
  return linked(resources)
}

function linked(resources: Resources): GreenButtonFile {
  const { unique, repeated } = mergeMeterReadings(withAssumed(resources))
  for (const href of repeated) {
    report(resources, 'duplicate_entry', 'the MeterReading stands in the feed more than once', href)
  }
  const graph = new LinkGraph(resources, unique)
  const blocks = blocksByMeterReading(resources, unique, graph)
  const series: GreenButtonSeries[] = []
  for (const meterReading of unique) {
    const own = blocks.get(meterReading)
    const made = assembleSeries(meterReading, own ?? [], graph, resources)
    if (made) series.push(made)
  }
  const { defects } = resources
  if (series.length === 0) refuseIfAnythingWas(defects)
  return { series, defects: merged(defects) }
}

/** Blocks without any MeterReading can still be read when the file has one ReadingType only. */
function withAssumed(resources: Resources): MeterReading[] {
  const [type] = resources.types
  if (resources.meterReadings.length > 0 || resources.blocks.length === 0) return resources.meterReadings
  if (!type || resources.types.length > 1) return []
  report(
    resources,
    'no_meter_reading',
    'the file has no MeterReading: its only ReadingType was taken',
    type.id,
  )
  return [{ id: type.id, related: type.self ? [type.self] : [] }]
}

function blocksByMeterReading(resources: Resources, meterReadings: MeterReading[], graph: LinkGraph) {
  const byReading = new Map<MeterReading, Block[]>()
  for (const block of resources.blocks) {
    const owner = ownerOf(block, resources, meterReadings, graph)
    if (!owner) continue
    const list = byReading.get(owner)
    if (list) list.push(block)
    else byReading.set(owner, [block])
  }
  return byReading
}

function ownerOf(
  block: Block,
  resources: Resources,
  meterReadings: MeterReading[],
  graph: LinkGraph,
): MeterReading | undefined {
  const where = block.self ?? block.id
  const { self, up } = graph.meterReadingsOf(block)
  const owners = [...new Set([...self, ...up])]
  if (owners.length > 1) {
    const message =
      'the links of the IntervalBlock name different meter readings, so its readings are left out'
    report(resources, 'block_link_ambiguous', message, where, 'refused')
    return undefined
  }
  if (owners.length === 1) {
    if (block.self !== undefined && self.length === 0) {
      const message = 'the self link of the IntervalBlock does not lie under its meter reading'
      report(resources, 'self_link_mismatch', message, where)
    }
    return owners[0]
  }
  if (meterReadings.length === 1) {
    const message = 'the IntervalBlock links to no meter reading: the only one in the file was taken'
    report(resources, 'block_link_assumed', message, where)
    return meterReadings[0]
  }
  const message =
    meterReadings.length === 0 ? 'the file has no meter reading' : 'no link leads to its meter reading'
  const reason = `the unit of the IntervalBlock is unknown, because ${message}`
  report(resources, 'unit_unknown', reason, where, 'refused')
  return undefined
}

function refuseIfAnythingWas(defects: Defect[]): void {
  const refused = defects.filter((defect) => defect.severity === 'refused')
  const [first] = refused
  if (!first) return
  const faults = refused.map(({ where, message, code }) => ({ pointer: where, message, code }))
  const message = `No reading of the file can be used: ${first.message} (${first.where}).`
  throw new Refusal('rule', 'espi_refused', message, faults)
}

function report(
  resources: Resources,
  code: string,
  message: string,
  where: string,
  severity: Defect['severity'] = 'tolerated',
): void {
  resources.defects.push({ code, message, where, severity, count: 1 })
}
