import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type EmbeddedDatabase, migrate, openEmbedded } from '../../src/platform/db/index.ts'
import { isAlive, runningServer } from '../../src/platform/db/server-process.ts'
import { installJobs } from '../../src/platform/jobs/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The owner's address of the run's server, with `DATABASE` where a database's name belongs. */
    databaseAddress: string
  }
}

/** One server for the whole run, without fsync; its template database is migrated once and cloned by each test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runs = join(tmpdir(), `billwright-test-${process.getuid?.() ?? 0}`)
  mkdirSync(runs, { recursive: true, mode: 0o755 })
  removeKilledRuns(runs)
  const dataDir = join(runs, String(process.pid))
  const server = await openEmbedded({ dataDir, durable: false })
  try {
    await migrate({ connectionString: server.connectionString })
    await installJobs(server.connectionString)
  } catch (error) {
    await discard(server, dataDir)
    throw error
  }
  project.provide('databaseAddress', server.addressOf('DATABASE'))
  return () => discard(server, dataDir)
}

async function discard(server: EmbeddedDatabase, dataDir: string): Promise<void> {
  await server.close({ force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

/** Each folder is named after the process of its run. */
function removeKilledRuns(runs: string): void {
  for (const name of readdirSync(runs)) {
    if (isAlive(Number(name))) continue
    const server = runningServer(join(runs, name, 'postgres'))
    if (server !== undefined) process.kill(server, 'SIGKILL')
    rmSync(join(runs, name), { recursive: true, force: true })
  }
}
