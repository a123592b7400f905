import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const LOOK_MS = 200

/**
 * This will run an act while no other process that asks for the same lock file runs one; `onWait` is told once of the
 * process that is waited for. A lock that a killed process left is taken over.
 */
export async function locked(file, onWait, act) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    const holder = holderOf(file)
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(file, { force: true })
      continue
    }
    if (holder !== undefined && !told) {
      onWait(holder)
      told = true
    }
    await pause(LOOK_MS)
  }
  try {
    return await act()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    // An exit by process.exit() does not come back here.
    process.once('exit', () => holderOf(file) === process.pid && rmSync(file, { force: true }))
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Undefined when the lock has just gone, or its holder is about to write its number. */
function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
