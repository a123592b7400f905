export {
  type BackupReport,
  backUp,
  openArchive,
  type RestoreReport,
  restore,
} from './backup/index.ts'
export { type BulkType, insertRows } from './bulk.ts'
export { type ConnectOptions, connect, type Database, SERVER_ROLE, type Tx } from './connection.ts'
export { type NextNumber, numbersAfter } from './counters.ts'
export { type EmbeddedDatabase, type EmbeddedOptions, openEmbedded } from './embedded.ts'
export { checkInvariants, type Invariant, type InvariantResult } from './invariant.ts'
export { type Migration, migrate, migrationsDir } from './migrate.ts'
export { prepared } from './prepared.ts'
export { requireServer } from './reachable.ts'
export { apart, undone } from './savepoint.ts'
export type { DB, Json } from './schema.ts'
