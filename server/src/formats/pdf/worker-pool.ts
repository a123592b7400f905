import { Worker } from 'node:worker_threads'

/** What a worker script answers to each message that it is sent: exactly one of these, in order. */
export type WorkerAnswer<Result> = { result: Result } | { error: string }

export interface WorkerPool<Task, Result> {
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

interface Job<Task, Result> {
  task: Task
  attempts: number
  resolve: (result: Result) => void
  reject: (error: Error) => void
}

const MAX_ATTEMPTS = 2 // a crash may be another's fault once; a task that kills twice is the cause

/**
 * This will run tasks on up to `workers` threads of a script, one at a time each. Threads start when needed and do
 * not keep the process alive while idle. A crashed thread is replaced and its task tried once more.
 */
export function createWorkerPool<Task, Result>(script: URL, workers: number): WorkerPool<Task, Result> {
  if (!Number.isInteger(workers) || workers < 1)
    throw new Error(`a pool needs at least one worker, not ${workers}`)
  const waiting: Job<Task, Result>[] = []
  const idle: Worker[] = []
  const running = new Map<Worker, Job<Task, Result> | undefined>()
  let closed = false

  function dispatch(): void {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (running.size < workers ? start() : undefined)
      const job = worker && waiting.shift()
      if (!worker || !job) return
      running.set(worker, job)
      job.attempts += 1
      worker.ref()
      worker.postMessage(job.task)
    }
  }

  function start(): Worker {
    const worker = new Worker(script)
    running.set(worker, undefined)
    let fault = new Error('a worker thread ended')
    worker.on('message', (answer: WorkerAnswer<Result>) => finish(worker, answer))
    worker.on('error', (error) => {
      fault = error instanceof Error ? error : new Error(String(error))
    })
    worker.on('exit', () => lose(worker, fault))
    return worker
  }

  function finish(worker: Worker, answer: WorkerAnswer<Result>): void {
    const job = running.get(worker)
    running.set(worker, undefined)
    worker.unref()
    idle.push(worker)
    if ('error' in answer) job?.reject(new Error(answer.error))
    else job?.resolve(answer.result)
    dispatch()
  }

  function lose(worker: Worker, fault: Error): void {
    const job = running.get(worker)
    running.delete(worker)
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
    if (job && (closed || job.attempts >= MAX_ATTEMPTS)) job.reject(fault)
    else if (job) waiting.unshift(job)
    dispatch()
  }

  return {
    run(task) {
      if (closed) return Promise.reject(new Error('the pool is closed'))
      return new Promise((resolve, reject) => {
        waiting.push({ task, attempts: 0, resolve, reject })
        dispatch()
      })
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new Error('the pool is closed'))
      await Promise.all([...running.keys()].map((worker) => worker.terminate()))
    },
  }
}
