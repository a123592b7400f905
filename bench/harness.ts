/** One measured figure: the median of repeated runs. */
export interface Figure {
  name: string
  perSecond: number
  unit: string
  medianMs: number
  /** The slowest but one in a hundred; only where single answers count. */
  p99Ms?: number
  /** How many times as fast as the peer that did the same in the same run. */
  timesPeer?: number
  runs: number
}

interface MeasureOptions {
  /** What one run does `count` of. */
  unit: string
  count?: number
  runs?: number
  warmUps?: number
}

/** This will time a function and give the median rate of what it does. */
export function measure(name: string, run: () => void, options: MeasureOptions): Figure {
  const { unit, count = 1, runs = 200, warmUps = 100 } = options
  for (let i = 0; i < warmUps; i++) run()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  }).sort((a, b) => a - b)
  const medianMs = quantile(times, 0.5)
  return { name, perSecond: (count * 1000) / medianMs, unit, medianMs, runs }
}

/** This will give the value that a share of ascending values stays below. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0
}

/** This will print figures as JSON (`--json`) or as a table. */
export function print(figures: readonly Figure[], asJson = process.argv.includes('--json')): void {
  console.log(asJson ? JSON.stringify(figures) : toTable(figures))
}

const RATIO = 'ours over the peer'

/** This will write a line a figure, columns aligned. */
export function toTable(figures: readonly Figure[]): string {
  const width = Math.max(RATIO.length, ...figures.map(({ name }) => name.length))
  return figures
    .flatMap(({ name, perSecond, unit, medianMs, p99Ms, timesPeer }) => {
      const rate = Math.round(perSecond).toLocaleString('en').padStart(12)
      const slowest = p99Ms === undefined ? '' : `  p99 ${p99Ms.toFixed(1)} ms`
      const line = `${name.padEnd(width)}  ${rate} ${unit}/s  median ${medianMs.toFixed(3)} ms${slowest}`
      const ratio = `${RATIO.padEnd(width)}  ${timesPeer?.toFixed(1).padStart(12)} times`
      return timesPeer === undefined ? [line] : [line, ratio]
    })
    .join('\n')
}
