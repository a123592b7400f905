/** This will find the word that was probably meant: the nearest by slips of the keyboard, at most one in three letters. */
export function closestWord(word: string, known: Iterable<string>): string | undefined {
  let [best, distance]: [string | undefined, number] = [undefined, Math.floor(word.length / 3) + 1]
  for (const candidate of known) {
    const own = slipsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (own < distance) [best, distance] = [candidate, own]
  }
  return best
}

/** Letters changed, left out, put in, or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const first = Array.from({ length: b.length + 1 }, (_, index) => index)
  let [before, row]: [number[], number[]] = [[], first]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 99) + 1 : 99
      next.push(Math.min(changed, swapped, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    ;[before, row] = [row, next]
  }
  return row[b.length] as number
}
