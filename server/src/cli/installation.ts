import type { Command } from 'commander'
import { type Config, type Environment, type Flags, readConfig } from '../platform/config.ts'
import {
  connect,
  type Database,
  migrate,
  openEmbedded,
  requireServer,
  SERVER_ROLE,
} from '../platform/db/index.ts'
import { Refusal } from '../platform/errors.ts'
import { openClock } from '../platform/installation-clock.ts'
import { installJobs } from '../platform/jobs/index.ts'
import { type Log, openLog } from '../platform/log.ts'
import type { Clock } from '../platform/time.ts'

/** This will read the configuration from a command's flags and the environment that the entry gave the program. */
export function configOf(command: Command): Config {
  const { environment = {}, ...flags } = command.optsWithGlobals<Flags & { environment?: Environment }>()
  return readConfig(flags, environment)
}

export interface OpenedDatabase {
  /** The owner's address. */
  connectionString: string
  /** The process id of the embedded server; absent for a server of somebody else. */
  pid?: number
  /** Stops an embedded server that nobody else uses. */
  close(): Promise<void>
}

/** This will open the configured database: the named server, else the embedded one, joined when it runs. */
export async function openDatabase(config: Config): Promise<OpenedDatabase> {
  if (config.databaseUrl === undefined) return await openEmbedded({ dataDir: config.dataDir })
  await requireServer(config.databaseUrl)
  return { connectionString: config.databaseUrl, close: async () => {} }
}

/** What a command works with. */
export interface Installation {
  config: Config
  /** Under the servers' role. */
  database: Database
  clock: Clock
  log: Log
  /** The owner's address. */
  connectionString: string
  close(): Promise<void>
}

/**
 * This will open the installation that a command is to work on, beside a running server or alone. A fresh database
 * is migrated; one that waits for migrations is refused, because a server may be using it.
 */
export async function openInstallation(command: Command): Promise<Installation> {
  const config = configOf(command)
  const opened = await openDatabase(config)
  try {
    await requireMigrated(opened.connectionString)
    return await installationOf(config, opened)
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** This will connect to an opened, migrated database under the servers' role. */
export async function installationOf(config: Config, opened: OpenedDatabase): Promise<Installation> {
  const { connectionString } = opened
  const database = connect({ connectionString, role: SERVER_ROLE, applicationName: 'billwright command' })
  const { clock, stop } = await openClock(database.read, config.clock)
  return {
    config,
    database,
    clock,
    log: openLog('cli', config.logLevel),
    connectionString,
    close: async () => {
      stop()
      await database.destroy()
      await opened.close()
    },
  }
}

/** This will run a command's work on the installation and close it, whatever happens. */
export async function withInstallation<T>(
  command: Command,
  act: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(command)
  try {
    return await act(installation)
  } finally {
    await installation.close()
  }
}

async function requireMigrated(connectionString: string): Promise<void> {
  const pending = await migrate({ connectionString, check: true })
  if (pending.length === 0) return
  if (pending[0]?.number !== 1) {
    throw new Refusal(
      'conflict',
      'database_older',
      `The database waits for ${pending.length} migration(s) from ${pending[0]?.name}; stop the servers and run billwright migrate.`,
    )
  }
  await migrate({ connectionString })
  await installJobs(connectionString)
}
