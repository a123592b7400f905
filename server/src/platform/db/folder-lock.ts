import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../errors.ts'

const LOOK_MS = 20
const SQLITE_BUSY = 5

/**
 * This will run an act while no other program, nor another act of this one, holds the lock of the same file. The
 * system itself drops the lock of a program that is killed: it is the file lock that an SQLite transaction takes.
 * The file stays, empty. Refuses when the lock is not free within the patience.
 */
export async function locked<T>(file: string, patienceMs: number, act: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    const began = performance.now()
    while (!take(lock)) {
      if (performance.now() - began > patienceMs) throw notFree(file, patienceMs)
      await pause(LOOK_MS)
    }
    return await act()
  } finally {
    lock.close()
  }
}

function take(lock: DatabaseSync): boolean {
  try {
    lock.exec('begin exclusive')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}

function notFree(file: string, patienceMs: number): Refusal {
  return new Refusal(
    'unavailable',
    'data_folder_busy',
    `Another program has been starting or stopping the embedded database for ${Math.round(patienceMs / 60_000)} minutes (it holds ${file}); end it, then try again.`,
  )
}
