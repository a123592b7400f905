// Generated from the migrated database by `npm run db:schema`; do not edit.
import type { ColumnType } from 'kysely'

/** Read as a value, written as JSON text. */
export type Json = ColumnType<unknown, string | null, string | null>

// biome-ignore lint/suspicious/noEmptyInterface: no table yet
export interface DB {}
