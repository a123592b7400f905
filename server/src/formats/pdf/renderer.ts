import type { BillDocument } from './bill-document.ts'
import type { LetterDocument } from './letter-document.ts'
import type { Typesettable } from './typeset.ts'
import { createWorkerPool } from './worker-pool.ts'

export interface Renderer {
  /** PDF/UA-1 bytes, the same for the same document; rejects when its figures contradict each other. */
  render(document: BillDocument): Promise<Uint8Array>
  renderLetter(letter: LetterDocument): Promise<Uint8Array>
  close(): Promise<void>
}

/** This will make a renderer that typesets bills and letters on its own threads, some 120 MiB each. Close it when done. */
export function createRenderer({ workers }: { workers: number }): Renderer {
  const pool = createWorkerPool<Typesettable, Uint8Array>(
    new URL('render-worker.ts', import.meta.url),
    workers,
  )
  return {
    render: (bill) => pool.run({ bill }),
    renderLetter: (letter) => pool.run({ letter }),
    close: pool.close,
  }
}

let shared: Renderer | undefined

/** This will render one bill on a shared thread that starts with the first bill and never holds the process. */
export function renderBill(document: BillDocument): Promise<Uint8Array> {
  shared ??= createRenderer({ workers: 1 })
  return shared.render(document)
}
