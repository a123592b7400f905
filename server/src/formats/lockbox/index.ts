export type { LockboxFile, LockboxMapping, LockboxRow } from './lockbox-file.ts'
export { readLockbox, readMappedLockbox } from './read.ts'
