import { KILLS, KillRange } from '../server/test/support/killed-run.ts'

/** The long random tests in full: a run killed at many seeded moments in every way. `node bench/soak.ts [SEED]`. */
const ROUNDS = 24
const CHUNKS = 20
let state = Number(process.argv[2] ?? 20261120) >>> 0

/** Numerical Recipes' linear congruential generator: the same moments for the same seed, everywhere. */
function next(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const range = await KillRange.open()
let failed = 0
try {
  for (let round = 1; round <= ROUNDS; round++) {
    const kill = KILLS[next(KILLS.length)] ?? 'everything'
    const after = next(CHUNKS - 2)
    const result = await range.round(kill, after)
    const faults = [
      ...result.brokenAfterKill,
      ...result.brokenAtEnd,
      ...(result.billed === 40 ? [] : [`${result.billed} of 40 accounts were billed`]),
      ...(result.chargesAnAgreement.every((count) => count === 1)
        ? []
        : ['an agreement was not billed once']),
    ]
    if (faults.length > 0) failed++
    const verdict = faults.length === 0 ? 'clean' : faults.join('; ')
    console.log(`round ${round}: ${kill} killed after ${result.chunksDone} of ${CHUNKS} chunks: ${verdict}`)
  }
} finally {
  await range.close()
}
console.log(`${ROUNDS - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
