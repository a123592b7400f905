import { existsSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../errors.ts'
import { addressFor, type Session, takeSession } from './embedded-session.ts'
import { isAlive, type Listening, runningServer, stateOf, stopServer } from './server-process.ts'

export interface Reach {
  clusterDir: string
  logFile: string
  /** Launches a server and returns its process id. */
  launch: () => number
}

export interface Reached {
  pid: number
  /** Whether the server ran already. */
  joined: boolean
  listening: Listening
  session: Session
}

const POLL_MS = 20
/** Recovery of some gigabytes of log after a crash. */
const RECOVERY_MS = 10 * 60_000
const SILENCE_MS = 30_000
const LAUNCHES = 8
const FAILURES = 3

/**
 * This will take a session on the server of a cluster: the running one, else a launched one. One that is stopping,
 * that nobody can reach or that does not answer is stopped first. The caller holds the folder's lock.
 */
export async function reach({ clusterDir, logFile, launch }: Reach): Promise<Reached> {
  let pid = runningServer(clusterDir)
  let logged = sizeOf(logFile)
  for (let launches = 0; ; launches++) {
    if (pid !== undefined) {
      const found = await answerOf(clusterDir, pid)
      if (found) return { pid, joined: launches === 0, ...found }
      await stopServer(pid)
    }
    if (launches > 0) {
      const reason = lastFailure(logFile, logged)
      // The last processes of a killed server end in a moment; what else fails again and again does not mend itself.
      const mayPass = reason === undefined || /in use|already exists/.test(reason)
      if (launches === (mayPass ? LAUNCHES : FAILURES)) throw notStarted(reason, logFile)
      await pause(50 * 2 ** launches)
    }
    logged = sizeOf(logFile)
    pid = launch()
  }
}

/** Nothing when the server ended, is stopping or cannot be reached; one that was silent for long is stopped at once. */
async function answerOf(
  clusterDir: string,
  pid: number,
): Promise<{ listening: Listening; session: Session } | undefined> {
  const began = performance.now()
  let heard = began
  for (;;) {
    if (!isAlive(pid)) return undefined
    const { listening, status } = stateOf(clusterDir, pid)
    if (status === 'stopping') return undefined
    const reply = listening ? await takeSession(addressFor(listening, 'postgres')) : 'silent'
    if (listening && typeof reply !== 'string') return { listening, session: reply }
    if (status === 'ready' && reply === 'gone') return undefined
    const now = performance.now()
    if (reply === 'busy') heard = now
    if (now - heard > SILENCE_MS) {
      await stopServer(pid, 'SIGQUIT')
      return undefined
    }
    if (now - began > RECOVERY_MS) throw stillRecovering()
    await pause(POLL_MS)
  }
}

function sizeOf(logFile: string): number {
  return existsSync(logFile) ? statSync(logFile).size : 0
}

/**
 * Of what was logged from this size on; a log that was put aside meanwhile has begun anew. What the sessions of a
 * killed server say last is no failure of the next one.
 */
function lastFailure(logFile: string, from: number): string | undefined {
  const text = readFileSync(logFile)
  const lines = text
    .subarray(text.length < from ? 0 : from)
    .toString()
    .split('\n')
  const failures = lines.filter(
    (line) => /FATAL|PANIC|^postgres: /.test(line) && !/the database system is|terminating/.test(line),
  )
  return failures.at(-1)?.replace(/^.*?(FATAL|PANIC|postgres): +/, '')
}

function notStarted(reason: string | undefined, logFile: string): Refusal {
  return new Refusal(
    'unavailable',
    'database_not_started',
    `The embedded database did not start (${reason ?? 'it wrote no reason'}; log: ${logFile}); when its files are damaged, restore a backup into a new folder and name it with --data.`,
  )
}

function stillRecovering(): Refusal {
  return new Refusal(
    'unavailable',
    'database_recovering',
    `The embedded database has been recovering for ${RECOVERY_MS / 60_000} minutes and goes on; try again later.`,
  )
}
