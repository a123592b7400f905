import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBlock, decodeQuality, encodeBlock, encodeQuality } from './block-codec.ts'
import { type Quality, qualityRuns } from './quality.ts'

const LIMIT = 2 ** 51
const integers = fc.array(
  fc
    .oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer(), fc.maxSafeInteger())
    .map((value) => value % LIMIT),
  { maxLength: 400 },
)

describe('interval blocks', () => {
  test('read back what was written, at any place of a longer array', () => {
    fc.assert(
      fc.property(integers, fc.nat(5), (values, offset) => {
        const into = new Float64Array(values.length + offset + 1).fill(7)
        decodeBlock(encodeBlock(values), values.length, into, offset)
        expect([...into.subarray(offset, offset + values.length)].map((value) => value + 0)).toEqual(
          values.map((value) => value + 0),
        )
        expect(into[values.length + offset]).toBe(7)
      }),
    )
  })

  test('take one byte for a small change: 96 equal quarters after the first are 1 + 3 + 95 bytes', () => {
    // 250,000 doubled is 500,000, below 2^21: three bytes of seven bits.
    expect(encodeBlock(new Array(96).fill(250_000)).length).toBe(99)
  })

  test('a blob with a value too many or too few, or of another version, is a defect', () => {
    const bytes = encodeBlock([1, 2, 3])
    expect(() => decodeBlock(bytes, 2)).toThrow(/another number of values/)
    expect(() => decodeBlock(bytes, 4)).toThrow(/another number of values/)
    expect(() => decodeBlock(Uint8Array.from([9, ...bytes.slice(1)]), 3)).toThrow(/unknown version/)
    expect(() => encodeBlock([0.5])).toThrow(/not a usage integer/)
  })
})

describe('runs of quality', () => {
  const qualities = fc.array(fc.constantFrom<Quality>('measured', 'estimated', 'edited', 'missing'), {
    maxLength: 300,
  })

  test('read back what was written, and nothing is written for a clean day', () => {
    fc.assert(
      fc.property(qualities, fc.nat(1000), (day, offset) => {
        const runs = qualityRuns(day)
        const bytes = encodeQuality(runs)
        expect(bytes === null).toBe(day.every((quality) => quality === 'measured'))
        const moved = runs.map((run) => ({ ...run, from: run.from + offset, to: run.to + offset }))
        expect(decodeQuality(bytes, offset)).toEqual(moved)
      }),
    )
  })
})
