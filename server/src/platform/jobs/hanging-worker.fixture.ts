import { openLog } from '../log.ts'
import { runWorker } from './worker.ts'

/** A worker process that takes a job, says so, and never ends it. */
await runWorker({
  connectionString: process.argv[2] ?? '',
  log: openLog('test', 'silent'),
  tasks: {
    hang: () => {
      process.send?.('took it')
      return new Promise(() => {})
    },
  },
})
