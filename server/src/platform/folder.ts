import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * This will make a folder and those above it that are missing, one by one: the recursive call of the runtime never
 * returns below folders that answer "not there" for every new name, such as /proc.
 */
export function makeFolders(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EEXIST' && statSync(folder).isDirectory()) return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    makeFolders(dirname(folder), mode)
    mkdirSync(folder, { mode })
  }
}
