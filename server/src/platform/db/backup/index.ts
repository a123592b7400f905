export { type CheckedArchive, openArchive } from './archive.ts'
export { type BackupOptions, type BackupReport, backUp } from './backup.ts'
export { type RestoreOptions, type RestoreReport, restore } from './restore.ts'
