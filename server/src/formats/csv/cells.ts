/** The candidate delimiters; the one that occurs most in the first lines is taken. */
const DELIMITERS = [',', ';', '\t', '|'] as const

/** This will guess the delimiter from the first lines of a file; a file of one column has a comma, unused. */
export function delimiterOf(lines: readonly string[]): string {
  let best = ','
  let most = 0
  for (const delimiter of DELIMITERS) {
    const count = lines.reduce((total, line) => total + line.split(delimiter).length - 1, 0)
    if (count > most) {
      best = delimiter
      most = count
    }
  }
  return best
}

/** This will cut a line into trimmed cells; undefined when a quote is not closed on the line. */
export function cellsOf(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim())
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string
    if (character === '"') {
      if (quoted && line[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = !quoted
    } else if (character === delimiter && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += character
  }
  if (quoted) return undefined
  cells.push(cell.trim())
  return cells
}
