import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'

const MARK = /^\s*\/\* prepared ([a-z_]+) \*\//

/**
 * This will mark a statement, at its very start, to be planned once a connection instead of each time: for those whose
 * planning costs more than their work. The name belongs to one text only.
 */
export function prepared(name: string): RawBuilder<unknown> {
  return sql.raw(`/* prepared ${name} */`)
}

/** A client that prepares the statements that are marked. */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's query has many signatures, all passed through
  override query(...call: any[]): any {
    const [text, values] = call
    const [, name] = (typeof text === 'string' && MARK.exec(text)) || []
    const sent = name ? [{ name, text, values }, ...call.slice(2)] : call
    return (super.query as (...sent: unknown[]) => unknown).apply(this, sent)
  }
}
