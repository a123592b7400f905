import { type RawBuilder, sql } from 'kysely'
import type { PageOf } from '../record.ts'

/** The name of `person p`, as people say it. */
export const personName = sql<string>`coalesce(p.organisation_name, concat_ws(' ', p.first_name, p.last_name))`

/** The address of `premise pr` as an object. */
export const premiseAddress = sql`jsonb_build_object('line1', pr.line1, 'line2', pr.line2, 'city', pr.city,
  'state', pr.state, 'postalCode', pr.postal_code, 'country', pr.country)`

/** A list as JSON; an empty one when there is nothing. */
export function listOf<T>(query: RawBuilder<T>): RawBuilder<unknown> {
  return sql`coalesce((select jsonb_agg(row_to_json(listed)) from (${query}) listed), '[]'::jsonb)`
}

/** One row as JSON, or null. */
export function oneOf<T>(query: RawBuilder<T>): RawBuilder<unknown> {
  return sql`(select to_jsonb(one) from (${query}) one)`
}

/** Conditions of a search that were given, joined. */
export function allOf(conditions: readonly (RawBuilder<unknown> | undefined)[]): RawBuilder<unknown> {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `)
}

export function pageOf({ page, pageSize }: PageOf): RawBuilder<unknown> {
  return sql`limit ${pageSize} offset ${(page - 1) * pageSize}`
}

/** Text as a LIKE pattern that matches it anywhere; its own wildcards are letters. */
export function anywhere(text: string): string {
  return `%${literal(text)}%`
}

export function atStart(text: string): string {
  return `${literal(text)}%`
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
