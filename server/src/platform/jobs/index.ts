export { addJob, type JobOptions } from './enqueue.ts'
export { installJobs } from './install.ts'
export { type RunningWorker, runWorker, type Task, type Tasks, type WorkerOptions } from './worker.ts'
