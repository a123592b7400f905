import type { Quality } from './interval-file.ts'

const WORDS: Record<Quality, readonly string[]> = {
  measured: [
    '',
    'a',
    'act',
    'actual',
    'm',
    'measured',
    'v',
    'val',
    'valid',
    'validated',
    'ok',
    'good',
    'raw',
    'r',
  ],
  estimated: ['e', 'est', 'estimated', 'estimate', 'interpolated', 's', 'substituted', 'p', 'projected', 'y'],
  edited: ['edited', 'edit', 'manual', 'corrected', 'adjusted', 'c', 'ed'],
  missing: ['missing', 'none', 'x', 'null', 'invalid', 'fail', 'failed'],
}
/** QualityOfReading codes. Source: NAESB REQ.21 ESPI 4.0. */
const ESPI: Record<string, Quality> = {
  0: 'measured',
  7: 'edited',
  8: 'estimated',
  9: 'estimated',
  11: 'estimated',
  12: 'estimated',
  14: 'measured',
  15: 'estimated',
  17: 'measured',
  18: 'measured',
  19: 'measured',
}

const QUALITIES = new Map<string, Quality>(Object.entries(ESPI))
for (const quality of Object.keys(WORDS) as Quality[]) {
  for (const word of WORDS[quality]) QUALITIES.set(word, quality)
}

/** This will read a quality code or word; undefined when it is not known. */
export function qualityOf(text: string): Quality | undefined {
  return QUALITIES.get(text.toLowerCase())
}
