import { channel } from './neutral.ts'
import { Unsupported } from './unsupported.ts'

const OTHER_HOUR =
  /hours? (\d+(?:(?:, | and )\d+)*)(?: of (?:the year|\d+))?(?: \(1-based\))?(?:,? which (?:is|are)| =|:| is| are| at| of) (\d+(?:\.\d+)?)(?: kW)?/g
/** Digits kept of a told kW. */
export const LOAD_SCALE = 3

/** Hourly kW of a year told in words: a base and hours (counted from 1) that differ. */
export function toldLoad(told: string, hours: number) {
  const base =
    /^(?:flat |constant )?(\d+(?:\.\d+)?) kW/.exec(told)?.[1] ?? (/^zero/.test(told) ? '0' : undefined)
  if (base === undefined) throw new Unsupported(`no rule reads the load "${told}"`)
  const milli = (kw: string) => Math.round(Number(kw) * 10 ** LOAD_SCALE)
  const values = new Float64Array(hours).fill(milli(base))
  const others = [...told.matchAll(OTHER_HOUR)]
  if (others.length === 0 && /except|but/.test(told))
    throw new Unsupported(`no rule reads the load "${told}"`)
  for (const [, listed = '', kw = '0'] of others)
    for (const hour of listed.match(/\d+/g) ?? []) values[Number(hour) - 1] = milli(kw)
  return { kind: 'interval' as const, channels: [channel(values, LOAD_SCALE, '2023-01-01')] }
}
