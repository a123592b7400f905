export { type ConnectOptions, connect, type Database, SERVER_ROLE, type Tx } from './connection.ts'
export { type EmbeddedDatabase, type EmbeddedOptions, openEmbedded } from './embedded.ts'
export { type Migration, migrate, migrationsDir } from './migrate.ts'
export type { DB, Json } from './schema.ts'
