import { parentPort } from 'node:worker_threads'
import { createTypesetter, type Typesettable } from './typeset.ts'
import type { WorkerAnswer } from './worker-pool.ts'

const port = parentPort
if (!port) throw new Error('render-worker.ts runs as a worker thread only')
const typeset = createTypesetter()

port.on('message', (document: Typesettable) => {
  let answer: WorkerAnswer<Uint8Array>
  try {
    answer = { result: typeset(document) }
  } catch (error) {
    answer = { error: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer, 'result' in answer ? [answer.result.buffer as ArrayBuffer] : [])
})
