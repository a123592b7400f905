import { Refusal } from '../../platform/errors.ts'
import type { QualityRun, RatingInput, Usage, UsageChannel } from './charge.ts'
import type { PartContext, Span } from './span.ts'

/** One flow on one time grid; several meters are totalised interval by interval. */
export interface Flow {
  readonly intervalSeconds: number
  readonly startSeconds: number
  readonly scale: number
  readonly values: Int32Array | Float64Array
  /** Epoch seconds at which another meter took over. */
  readonly exchangesSeconds?: readonly number[]
}

/** Which channels of the usage make a flow. */
export interface FlowKey {
  unit: string
  sqi?: string | undefined
  loop?: string | undefined
}

/** This will give a flow of the usage as one grid, undefined when no channel measures it. */
export function flowOf(
  context: PartContext,
  { unit, sqi, loop }: FlowKey,
  direction: 'delivered' | 'received',
): Flow | undefined {
  const key =
    sqi === undefined && loop === undefined
      ? `${unit} ${direction}`
      : JSON.stringify([unit, direction, sqi, loop])
  if (context.flows.has(key)) return context.flows.get(key)
  const { usage } = context.input
  const channels =
    usage.kind === 'interval'
      ? usage.channels.filter(
          (channel) =>
            channel.unit === unit &&
            channel.flow === direction &&
            (sqi === undefined || channel.sqi === sqi) &&
            (loop === undefined || channel.loop === loop),
        )
      : []
  const flow = channels.length > 1 ? totalise(channels) : channels[0]
  context.flows.set(key, flow)
  return flow
}

function totalise(channels: readonly UsageChannel[]): Flow {
  const [first] = channels as [UsageChannel]
  const scale = Math.max(...channels.map((channel) => channel.scale))
  const values = new Float64Array(first.values.length)
  for (const channel of channels) {
    const aligned =
      channel.intervalSeconds === first.intervalSeconds &&
      channel.startSeconds === first.startSeconds &&
      channel.values.length === first.values.length
    if (!aligned)
      throw new Refusal(
        'rule',
        'usage_grids_differ',
        `The channels of ${first.unit} have different times or interval lengths: bring them to one grid before they are added.`,
      )
    const factor = 10 ** (scale - channel.scale)
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + (channel.values[i] ?? 0) * factor
  }
  const exchangesSeconds = channels.flatMap((channel) => channel.exchangesSeconds ?? [])
  return {
    intervalSeconds: first.intervalSeconds,
    startSeconds: first.startSeconds,
    scale,
    values,
    ...(exchangesSeconds.length > 0 ? { exchangesSeconds } : {}),
  }
}

/** This will give the interval at which a moment begins; an interval belongs where it starts. */
export function slotAt(flow: Flow, seconds: number): number {
  return Math.ceil((seconds - flow.startSeconds) / flow.intervalSeconds)
}

/** Refuses usage that does not reach over the whole span. */
export function assertCovered(flow: Flow, unit: string, span: Span): void {
  const { fromSeconds, untilSeconds } = span.calendar
  const endSeconds = flow.startSeconds + flow.values.length * flow.intervalSeconds
  if (flow.startSeconds <= fromSeconds && endSeconds >= untilSeconds) return
  throw new Refusal(
    'rule',
    'usage_incomplete',
    `The ${unit} intervals do not reach over the whole period ${span.start} to ${span.end}: fill or estimate what is missing first.`,
  )
}

export function missingUsage(unit: string): Refusal {
  return new Refusal(
    'rule',
    'usage_missing',
    `The tariff prices ${unit}, but the usage holds none: add the quantity or use another tariff.`,
  )
}

/** This will add up the slots `[from, to)` exactly. */
export function sumSlots(values: Int32Array | Float64Array, from: number, to: number): number {
  let total = 0
  for (let i = from; i < to; i++) total += values[i] as number
  return total
}

/** This will count the intervals (or registers) of the bill and those that were not measured. */
export function qualityOf(input: RatingInput, fromSeconds: number, untilSeconds: number) {
  const { usage } = input
  if (usage.kind === 'quantities') return registerQuality(usage)
  const total = { count: 0, estimated: 0, missing: 0 }
  for (const channel of usage.channels) {
    const flow: Flow = channel
    const [from, to] = [slotAt(flow, fromSeconds), slotAt(flow, untilSeconds)]
    total.count += to - from
    for (const run of channel.quality ?? []) {
      const slots = Math.max(0, Math.min(to, run.to) - Math.max(from, run.from))
      if (run.quality === 'missing') total.missing += slots
      else if (isEstimate(run)) total.estimated += slots
    }
  }
  return total
}

function isEstimate(run: QualityRun): boolean {
  return run.quality === 'estimated' || run.quality === 'edited'
}

function registerQuality(usage: Extract<Usage, { kind: 'quantities' }>) {
  const estimated = usage.quantities.filter((quantity) => quantity.estimated).length
  return { count: usage.quantities.length, estimated, missing: 0 }
}
