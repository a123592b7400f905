import { useCodeNames } from '@billwright/kit'

/** This will name a kind of service in the language on screen; the door describes it in English. */
export function useServiceName(): (description: string) => string {
  const nameOf = useCodeNames()
  return (description) => nameOf(`service.${description.toLowerCase().replaceAll(' ', '_')}`)
}
