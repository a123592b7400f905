import { afterAll, expect, test } from 'vitest'
import { KILLS, KillRange } from './support/killed-run.ts'

const range = await KillRange.open()
afterAll(() => range.close())

/** Seeded moments; the soak has many more. */
const MOMENTS = [3, 9, 14, 6]

test.for(KILLS.map((kill, index) => ({ kill, after: MOMENTS[index] ?? 1 })))(
  'a run in which $kill is killed after $after chunks ends as if never killed',
  { timeout: 120_000 },
  async ({ kill, after }) => {
    const result = await range.round(kill, after)
    expect(result.brokenAfterKill).toEqual([])
    expect(result.brokenAtEnd).toEqual([])
    expect(result.billed).toBe(40)
    expect(result.chargesAnAgreement).toEqual(new Array(40).fill(1))
    expect(result.chunksDone).toBeLessThan(20)
  },
)
