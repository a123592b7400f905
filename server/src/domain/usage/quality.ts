export type Quality = 'measured' | 'estimated' | 'edited' | 'missing'

/** A run of intervals of one quality, `[from, to)` by index. What no run covers is measured. */
export interface QualityRun {
  from: number
  to: number
  quality: Quality
}

/** This will turn one quality an interval into runs; measured intervals need none. */
export function qualityRuns(qualities: ArrayLike<Quality>): QualityRun[] {
  const runs: QualityRun[] = []
  for (let index = 0; index < qualities.length; index++) {
    const quality = qualities[index]
    if (quality === undefined || quality === 'measured') continue
    const last = runs.at(-1)
    if (last?.to === index && last.quality === quality) last.to = index + 1
    else runs.push({ from: index, to: index + 1, quality })
  }
  return runs
}

/** This will tell the quality of every interval. */
export function expandQuality(runs: readonly QualityRun[], count: number): Quality[] {
  const qualities: Quality[] = new Array(count).fill('measured')
  for (const run of runs) qualities.fill(run.quality, run.from, run.to)
  return qualities
}

/** This will count the intervals of one quality. */
export function countQuality(runs: readonly QualityRun[], quality: Quality): number {
  let count = 0
  for (const run of runs) if (run.quality === quality) count += run.to - run.from
  return count
}
