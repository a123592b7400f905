import { hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { Refusal } from './errors.ts'
import { makeFolders } from './folder.ts'

const KEY_BYTES = 32

/**
 * This will return the installation's secret key: the configured one, else that of a private file in the data
 * folder, made at the first start. Encrypted fields and token hashes are lost with it.
 * Refuses a file that others may read or that holds no key.
 */
export function loadKey(config: Pick<Config, 'key' | 'dataDir'>): Buffer {
  if (config.key !== undefined) return Buffer.from(config.key, 'base64')
  const file = join(config.dataDir, 'key')
  try {
    return readKey(file)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
  makeKey(config.dataDir, file)
  return readKey(file)
}

/** This will derive the key of one purpose: none can be used for another. */
export function deriveKey(config: Pick<Config, 'key' | 'dataDir'>, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', loadKey(config), '', purpose, 32))
}

/** The purpose of the key that encrypts fields of rows. */
export const FIELDS = 'encrypted fields'

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) {
    throw new Refusal(
      'unavailable',
      'key_damaged',
      `The key file ${file} holds no key; restore it from your backup.`,
    )
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Refusal(
      'unavailable',
      'key_exposed',
      `Others may read the key file ${file}; run chmod 600 on it.`,
    )
  }
  return key
}

/** Complete on disk before it gets its name; of two makers the first one's key stays. */
function makeKey(dataDir: string, file: string): void {
  const unfinished = `${file}.${process.pid}`
  try {
    makeFolders(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    const handle = openSync(unfinished, 'w', 0o600)
    writeSync(handle, randomBytes(KEY_BYTES).toString('base64'))
    fsyncSync(handle)
    closeSync(handle)
    linkSync(unfinished, file)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EEXIST') return
    throw new Refusal(
      'unavailable',
      'key_not_made',
      `The key file ${file} cannot be made (${code}); make the folder writable, or set BILLWRIGHT_KEY.`,
    )
  } finally {
    rmSync(unfinished, { force: true })
  }
}
