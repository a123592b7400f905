import { readFileSync } from 'node:fs'

const LOOK_MS = 500

/**
 * This will run an act when npm, which started this process, is gone. npm hands a signal to the shell that it runs
 * scripts in, which ends without handing it on; and that shell stays when npm itself is killed.
 */
export function whenParentEnds(act) {
  const first = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === first) return
    clearInterval(timer)
    act()
  }, LOOK_MS)
  timer.unref()
}

/** The parent; when that is a script's shell, also its own. */
function ancestors() {
  const parent = process.ppid
  return isShell(parent) ? `${parent} ${parentOf(parent)}` : `${parent}`
}

function isShell(pid) {
  return read(`/proc/${pid}/cmdline`).split('\0')[1] === '-c'
}

/** `id (name) state parent ...`, and the name may hold anything. */
function parentOf(pid) {
  return /^.*\) . (\d+) /s.exec(read(`/proc/${pid}/stat`))?.[1]
}

/** Where there is no such file, the shell usually becomes the program that it runs. */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
