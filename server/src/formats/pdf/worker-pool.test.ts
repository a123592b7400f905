import { afterEach, describe, expect, it } from 'vitest'
import { createWorkerPool, type WorkerPool } from './worker-pool.ts'

const script = new URL('fixtures/fragile-worker.ts', import.meta.url)
let pool: WorkerPool<string, string>
afterEach(() => pool.close())

describe('a worker pool', () => {
  it('answers every task, more of them than workers', async () => {
    pool = createWorkerPool(script, 2)
    const tasks = Array.from({ length: 20 }, (_, index) => `task ${index}`)
    const answers = await Promise.all(tasks.map((task) => pool.run(task)))
    expect(answers).toEqual(tasks.map((task) => task.toUpperCase()))
  })

  it('rejects a task that kills its worker twice and goes on with the others', async () => {
    pool = createWorkerPool(script, 1)
    const outcomes = await Promise.allSettled([pool.run('a'), pool.run('die'), pool.run('b')])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await pool.run('c')).toBe('C')
  })

  it('hands a fault on as an error without losing the worker', async () => {
    pool = createWorkerPool(script, 1)
    await expect(pool.run('fail')).rejects.toThrow('failed as asked')
    expect(await pool.run('a')).toBe('A')
  })

  it('rejects what waits when it is closed, and whatever comes later', async () => {
    pool = createWorkerPool(script, 1)
    const pending = Promise.allSettled([pool.run('a'), pool.run('b')])
    await pool.close()
    expect((await pending).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    await expect(pool.run('c')).rejects.toThrow('closed')
  })
})
