/** Repeatable choices: the same seed gives the same ones on every machine. Integer arithmetic only. */
export interface Random {
  /** An integer of 0 to `bound` - 1. */
  below(bound: number): number
  /** An integer of `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(choices: readonly T[]): T
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean
}

/** This will make a source of choices that depends on nothing but its seed. */
export function randomOf(seed: string): Random {
  const next = noise(hashOf(seed))
  const below = (bound: number) => next() % bound
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    chance: (percent) => below(100) < percent,
  }
}

/** This will hash a text to 32 bits (FNV-1a). */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** This will make an endless row of integers below 2^30 (a counter through a mixing function). */
export function noise(seed: number): () => number {
  let counter = seed | 0
  return () => {
    counter = (counter + 0x9e3779b9) | 0
    return mixed(counter) >>> 2
  }
}

/** This will scatter an integer over 32 bits, sign included. */
export function mixed(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97)
  return twice ^ (twice >>> 15)
}
