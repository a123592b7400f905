import fc from 'fast-check'
import type { Database } from '../../src/platform/db/index.ts'
import { Refusal } from '../../src/platform/errors.ts'
import { commandsOf, NothingToDo } from './command.ts'
import { faultsOf, openModelWorld } from './model-world.ts'
import { KINDS, Tally } from './run-model.ts'

/** What may happen in any order and must come out the same. */
const COMMUTING = new Set(['pay', 'pay for a neighbour', 'return', 'rebill', 'adjust', 'transfer'])

/**
 * This will let many workers act on one account (and a neighbour's) at once, and answer what is wrong afterwards. The
 * acts are drawn from a seed; who comes first is not.
 */
export async function actAtOnce(
  db: Database,
  { seed, workers, acts }: { seed: number; workers: number; acts: number },
): Promise<{ tally: Tally; faults: string[] }> {
  const kinds = KINDS.filter((kind) => COMMUTING.has(kind.name))
  const byName = new Map(KINDS.map((kind) => [kind.name, kind]))
  const world = await openModelWorld(db)
  for (const kind of ['enrol', 'enrol', 'read', 'read', 'bill', 'bill'])
    for (const who of kind === 'enrol' ? [0] : [0, 1])
      await byName.get(kind)?.run(world, { kind, who, which: 30, amountCents: 1 }).catch(forgiven)
  const commands = fc.sample(commandsOf(kinds), { seed, numRuns: acts })
  const tally = new Tally()
  const next = commands[Symbol.iterator]()
  const work = async () => {
    for (const command of next) {
      try {
        await byName.get(command.kind)?.run(world, command)
        tally.accept(command.kind)
      } catch (error) {
        tally.refuse(command.kind, forgiven(error))
      }
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return { tally, faults: await faultsOf(world) }
}

function forgiven(error: unknown): string {
  if (error instanceof NothingToDo) return 'nothing to do'
  if (error instanceof Refusal) return error.code
  throw error
}
