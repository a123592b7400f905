import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { RunKey } from '../domain/billing/index.ts'
import type { Actor } from '../domain/identity/index.ts'
import type { Clock } from '../platform/time.ts'
import type { ThreadData } from './bill-run-thread.ts'

export interface ThreadedRun {
  /** The owner's address: each thread connects for itself, under the servers' role. */
  connectionString: string
  workers: number
  clock: Clock
  actor: Actor
  onChunk?: () => void
}

/**
 * This will bill the chunks of a run on several threads, each with its own connection, until none is left to take.
 * Rejects with the first thread's failure, after the others have ended.
 */
export async function billOnThreads(key: RunKey, options: ThreadedRun): Promise<void> {
  const threads = Array.from({ length: options.workers }, (_, index) => thread(key, options, index + 1))
  const ends = await Promise.allSettled(threads)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
}

async function thread(key: RunKey, options: ThreadedRun, number: number): Promise<void> {
  const workerData: ThreadData = {
    connectionString: options.connectionString,
    clientId: key.clientId,
    runId: key.runId,
    now: options.clock().toString(),
    worker: `thread ${number} of process ${process.pid}`,
    actor: options.actor,
  }
  const worker = new Worker(new URL('./bill-run-thread.ts', import.meta.url), { workerData })
  worker.on('message', () => options.onChunk?.())
  const [code] = await once(worker, 'exit')
  if (code !== 0) throw new Error(`a bill run thread ended with code ${code}`)
}
