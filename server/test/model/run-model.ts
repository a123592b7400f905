import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Database } from '../../src/platform/db/index.ts'
import { Refusal } from '../../src/platform/errors.ts'
import { BILLING_COMMANDS } from './billing-commands.ts'
import { type Command, type CommandKind, commandsOf, NothingToDo } from './command.ts'
import { CREDIT_COMMANDS } from './credit-commands.ts'
import { faultsOf, openModelWorld } from './model-world.ts'
import { MONEY_COMMANDS } from './money-commands.ts'

export const KINDS: readonly CommandKind[] = [...BILLING_COMMANDS, ...MONEY_COMMANDS, ...CREDIT_COMMANDS]

/** How often each kind was accepted, and how often the system refused it or there was nothing to act on. */
export class Tally {
  readonly accepted = new Map<string, number>()
  readonly refused = new Map<string, Map<string, number>>()

  accept(kind: string): void {
    this.accepted.set(kind, (this.accepted.get(kind) ?? 0) + 1)
  }

  refuse(kind: string, code: string): void {
    const codes = this.refused.get(kind) ?? new Map<string, number>()
    this.refused.set(kind, codes.set(code, (codes.get(code) ?? 0) + 1))
  }

  get share(): number {
    const accepted = [...this.accepted.values()].reduce((sum, count) => sum + count, 0)
    return accepted / Math.max(1, this.total)
  }

  get total(): number {
    const refused = [...this.refused.values()].flatMap((codes) => [...codes.values()])
    return [...this.accepted.values(), ...refused].reduce((sum, count) => sum + count, 0)
  }

  toString(): string {
    const lines = KINDS.map(({ name }) => {
      const codes = [...(this.refused.get(name) ?? [])].map(([code, count]) => `${code} ${count}`)
      return `  ${name.padEnd(22)} ${String(this.accepted.get(name) ?? 0).padStart(6)} accepted${codes.length > 0 ? `, refused: ${codes.join(', ')}` : ''}`
    })
    return [`${this.total} commands, ${(100 * this.share).toFixed(1)} % accepted`, ...lines].join('\n')
  }
}

/** How many commands a batch has; after each the books are checked as a whole. */
const BATCH = 50

/**
 * This will do commands one after the other on a client of its own, a day apart now and then, and compare the books with
 * the model after every batch. Throws with the faults when they differ; those of `earlier` clients of the database are
 * known, and new ones join them, so that a shorter failure is looked for by itself.
 */
export async function runCommands(
  db: Database,
  commands: readonly Command[],
  tally: Tally,
  earlier = new Set<string>(),
): Promise<void> {
  const world = await openModelWorld(db)
  const kinds = new Map(KINDS.map((kind) => [kind.name, kind]))
  for (const kind of ['enrol', 'enrol', 'read', 'read'])
    await kinds.get(kind)?.run(world, { kind, who: 1, which: 30, amountCents: 1 })
  for (const [index, command] of commands.entries()) {
    try {
      await kinds.get(command.kind)?.run(world, command)
      tally.accept(command.kind)
    } catch (error) {
      if (error instanceof NothingToDo) tally.refuse(command.kind, 'nothing to do')
      else if (error instanceof Refusal) tally.refuse(command.kind, error.code)
      else throw error
    }
    if (index % 3 === 2) world.pass(1)
    if (index % BATCH === BATCH - 1 || index === commands.length - 1) await expectClean(world, index, earlier)
  }
}

async function expectClean(
  world: Parameters<typeof faultsOf>[0],
  index: number,
  earlier: Set<string>,
): Promise<void> {
  const faults = (await faultsOf(world)).filter((fault) => !earlier.has(fault))
  for (const fault of faults) earlier.add(fault)
  if (faults.length > 0) throw new Error(`after command ${index + 1}: ${faults.slice(0, 5).join('; ')}`)
}

const KEPT = new URL('kept.json', import.meta.url)

/** This will read the commands that once brought the books and the model apart, each as short as it could be made. */
export function keptFailures(): Command[][] {
  return JSON.parse(readFileSync(KEPT, 'utf8')) as Command[][]
}

export interface ModelRun {
  tally: Tally
  /** Shrunk, with the fault that they end in. */
  failure?: { commands: Command[]; fault: string }
}

/** How many commands one client lives through at most. */
const LONGEST = 100

/**
 * This will draw commands from a seed and do them until at least `commands` were drawn, on a client each hundred. What
 * fails is shrunk; with `keep` it joins the failures that every later test repeats.
 */
export async function runModel(
  db: Database,
  { seed, commands, keep = false }: { seed: number; commands: number; keep?: boolean },
): Promise<ModelRun> {
  const tally = new Tally()
  const earlier = new Set<string>()
  const drawn = fc.array(commandsOf(KINDS), { minLength: 1, maxLength: LONGEST, size: 'max' })
  for (let round = 0; tally.total < commands; round++) {
    const property = fc.asyncProperty(drawn, (batch) => runCommands(db, batch, tally, earlier))
    const result = await fc.check(property, { seed: seed + round, numRuns: 10 })
    if (!result.failed) continue
    const shrunk = result.counterexample?.[0] ?? []
    const error = result.errorInstance
    const fault = `seed ${seed + round}: ${error instanceof Error ? error.message : String(error)}`
    if (keep) writeFileSync(KEPT, `${JSON.stringify([...keptFailures(), shrunk], null, 2)}\n`)
    return { tally, failure: { commands: shrunk, fault } }
  }
  return { tally }
}
