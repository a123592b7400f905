import { useText } from '../messages/index.ts'

/** This will name who did something: a person by name, a command or the system in words. */
export function useActorName(): (actor: string) => string {
  const text = useText()
  return (actor) => {
    if (actor.startsWith('cli:')) return text('actor.cli')
    return actor === 'system' ? text('actor.system') : actor.replace(/^\w+:/, '')
  }
}
