/** One measured figure: the median of repeated runs. */
export interface Figure {
  name: string
  perSecond: number
  unit: string
  medianMs: number
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
  const medianMs = times[Math.floor(times.length / 2)] ?? 0
  return { name, perSecond: (count * 1000) / medianMs, unit, medianMs, runs }
}

/** This will print figures as JSON (`--json`) or as a table. */
export function print(figures: readonly Figure[], asJson = process.argv.includes('--json')): void {
  if (asJson) {
    console.log(JSON.stringify(figures))
    return
  }
  const width = Math.max(...figures.map(({ name }) => name.length))
  for (const { name, perSecond, unit, medianMs } of figures)
    console.log(
      `${name.padEnd(width)}  ${Math.round(perSecond).toLocaleString('en').padStart(12)} ${unit}/s  median ${medianMs.toFixed(3)} ms`,
    )
}
