/** How far a long act has come; any number of updates, each as far as the act is then. */
export interface Progress {
  update(done: number, note?: string): void
  /** Writes the last line, also when the act stopped early. */
  finish(note?: string): void
}

export interface ProgressOptions {
  label: string
  /** The whole; absent when it is not known beforehand. */
  total?: number
  /** What is counted: accounts, rows. */
  unit?: string
  /** One JSON object a line instead of text. */
  json?: boolean
  stream?: ProgressStream
  /** Milliseconds that run on, for rates. */
  elapsedMs?: () => number
}

export interface ProgressStream {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const REDRAW_MS = 100
const STEP_PERCENT = 5
const BAR_WIDTH = 24
/** Before that a rate says more about the start than about the act. */
const RATE_AFTER_SECONDS = 1

/**
 * This will show progress on standard error: a bar on a terminal, a line each five percent elsewhere, or JSON
 * events `{"event":"progress","label","done","total","seconds","note"}`, so that output stays clean.
 */
export function openProgress(options: ProgressOptions): Progress {
  const { label, total, json = false, stream = process.stderr, unit = '' } = options
  const elapsedMs = options.elapsedMs ?? stopwatch()
  const bar = Boolean(stream.isTTY) && !json
  let done = 0
  let note = ''
  let shown = Number.NEGATIVE_INFINITY
  const write = (last: boolean) => {
    const state = { label, done, total, unit, note, seconds: elapsedMs() / 1000 }
    if (json) stream.write(`${JSON.stringify(event(state))}\n`)
    else if (bar)
      stream.write(`\r\x1b[2K${drawBar(state).slice(0, (stream.columns ?? 80) - 1)}${last ? '\n' : ''}`)
    else stream.write(`${describe(state)}\n`)
  }
  return {
    update(nowDone, nowNote = note) {
      done = nowDone
      note = nowNote
      const mark = bar
        ? Math.floor(elapsedMs() / REDRAW_MS)
        : Math.floor(percentOf(done, total) / STEP_PERCENT)
      if (mark === shown || (!bar && total === undefined)) return
      shown = mark
      write(false)
    },
    finish(lastNote = note) {
      note = lastNote
      write(true)
    },
  }
}

function stopwatch(): () => number {
  const start = performance.now()
  return () => performance.now() - start
}

interface State {
  label: string
  done: number
  total: number | undefined
  unit: string
  note: string
  seconds: number
}

const percentOf = (done: number, total: number | undefined) =>
  total === undefined ? 0 : total === 0 ? 100 : Math.floor((100 * done) / total)

function event({ label, done, total, seconds, note }: State) {
  return {
    event: 'progress',
    label,
    done,
    total,
    seconds: Number(seconds.toFixed(3)),
    note: note || undefined,
  }
}

function describe({ label, done, total, unit, note, seconds }: State): string {
  const whole = total === undefined ? '' : ` of ${total}`
  const percent = total === undefined ? '' : ` (${percentOf(done, total)} %)`
  const rate = seconds >= RATE_AFTER_SECONDS && done > 0 ? `, ${Math.round(done / seconds)}/s` : ''
  return `${label}: ${done}${whole}${unit && ` ${unit}`}${percent}${rate}${note && `, ${note}`}`
}

function drawBar(state: State): string {
  const { label, done, total, seconds, note } = state
  if (total === undefined) return describe(state)
  const percent = percentOf(done, total)
  const filled = Math.round((BAR_WIDTH * percent) / 100)
  const left = done > 0 && done < total ? `, ${Math.ceil((seconds / done) * (total - done))} s left` : ''
  const rate = seconds >= RATE_AFTER_SECONDS ? `, ${Math.round(done / seconds)}/s` : ''
  return `${label} [${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${percent} % ${done}/${total}${rate}${left}${note && ` ${note}`}`
}
