import type { RatedCharge, RatingInput } from './charge.ts'

/** This will price usage under a tariff. */
export function rate(_input: RatingInput): RatedCharge {
  throw new Error('rating is being built')
}
