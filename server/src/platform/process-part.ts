import { Refusal } from './errors.ts'

/** This will run one part of the server and tell the supervising process, when there is one, how that went. */
export async function runPart(
  start: () => Promise<{ stop(): Promise<void>; finished?: Promise<void> }>,
): Promise<void> {
  // A Ctrl-C in a terminal reaches this process too; its supervisor ends it in order.
  process.on('SIGINT', () => {})
  const ended = new Promise<void>((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('disconnect', resolve)
  })
  try {
    const part = await start()
    process.send?.({ ready: true })
    await Promise.race([ended, ...(part.finished ? [part.finished] : [])])
    await part.stop()
    process.exit(0)
  } catch (error) {
    const refused = error instanceof Refusal ? error.message : undefined
    // The supervisor tells a refusal; a defect is told here, with its stack.
    if (refused !== undefined && process.send) await new Promise((sent) => process.send?.({ refused }, sent))
    else process.stderr.write(`${refused ?? (error as Error).stack}\n`)
    process.exit(1)
  }
}
