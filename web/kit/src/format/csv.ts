export type CsvCell = string | number | undefined

/**
 * This will write rows as CSV (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read accents). A text cell that
 * a spreadsheet would run as a formula is made text with a leading apostrophe; numbers stay plain.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map((row) => row.map(csvCell).join(','))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === undefined) return ''
  const text = String(cell)
  const isNumber = /^-?\d+(\.\d+)?$/.test(text)
  const safe = !isNumber && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** This will hand a text to the reader as a file. */
export function downloadText(fileName: string, text: string, mediaType = 'text/csv;charset=utf-8'): void {
  downloadBlob(fileName, new Blob([text], { type: mediaType }))
}

/** This will hand a blob to the reader as a file. */
export function downloadBlob(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
