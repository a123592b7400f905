import pg from 'pg'
import { Refusal } from '../errors.ts'

/** The oldest server whose SQL level the program is written to. */
const OLDEST_MAJOR = 15

/**
 * This will prove that a server answers at an address and is new enough.
 * Refuses with one sentence for each way in which an address can be wrong.
 */
export async function requireServer(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('show server_version_num')
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000)
    if (major >= OLDEST_MAJOR) return
    throw new Refusal(
      'unavailable',
      'database_too_old',
      `The database server is PostgreSQL ${major}; upgrade it to ${OLDEST_MAJOR} or newer.`,
    )
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable(error)
  } finally {
    await client.end().catch(() => {})
  }
}

const REMEDIES: Record<string, string> = {
  ECONNREFUSED: 'no server listens there; start it, or correct the host and port',
  ENOENT: 'there is no such socket; start the server, or correct the folder',
  ENOTFOUND: 'its host name is not known; correct the host',
  EAI_AGAIN: 'its host name cannot be looked up now; correct the host or mend the name service',
  ETIMEDOUT: 'the host does not answer; correct the host, or open its firewall',
  EHOSTUNREACH: 'the host cannot be reached; correct the host',
  '28P01': 'the password is wrong; correct user and password',
  '28000': 'the server does not let this user in; correct the user, or its pg_hba.conf',
  '3D000': 'there is no such database on that server; create it, or correct the name',
  '53300': 'the server has no connection left; raise its max_connections',
  '57P03': 'the server is starting up or shutting down; try again in a moment',
}

/** The driver gives these no code. */
const NOT_POSTGRES = 'what listens there does not answer as PostgreSQL does; correct the host and port'

function unreachable(error: unknown): Refusal {
  const { code = '', message } = error as { code?: string; message: string }
  const known = REMEDIES[code] ?? (/^Connection terminated/.test(message) ? NOT_POSTGRES : undefined)
  const reason = known ?? `${message || code}; correct DATABASE_URL`
  return new Refusal(
    'unavailable',
    'database_unreachable',
    `The database of DATABASE_URL cannot be used: ${reason}.`,
  )
}
