import fc from 'fast-check'
import type { ModelHome, ModelWorld } from './model-world.ts'

/** A command as plain data, so that it shrinks, prints and can be kept: whom it means is taken modulo what there is. */
export interface Command {
  kind: string
  who: number
  which: number
  amountCents: number
}

/** What a command does. It throws a refusal when the system refuses it, and changes the model when it does not. */
export interface CommandKind {
  name: string
  /** How often it is drawn, beside the others. */
  weight: number
  run(world: ModelWorld, command: Command): Promise<void>
}

/** The model knows that the command has nothing to act on; the system is not even asked. */
export class NothingToDo extends Error {}

export function homeOf(world: ModelWorld, { who }: Command): ModelHome {
  return pick(world.homes, who)
}

export function pick<T>(all: readonly T[], index: number): T {
  const found = all[index % Math.max(1, all.length)]
  if (found === undefined) throw new NothingToDo()
  return found
}

export function commandsOf(kinds: readonly CommandKind[]): fc.Arbitrary<Command> {
  const names = kinds.map(({ name, weight }) => ({ arbitrary: fc.constant(name), weight }))
  return fc.record({
    kind: fc.oneof(...names),
    who: fc.nat(99),
    which: fc.nat(99),
    amountCents: fc.integer({ min: 1, max: 20_000 }),
  })
}
