import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const dir = fileURLToPath(new URL('../../../../shared', import.meta.url))

/** The folder of shared reference data beside the repository; undefined where it was not checked out. */
export const sharedDir: string | undefined = existsSync(dir) ? dir : undefined
