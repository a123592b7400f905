import { Refusal } from '../../platform/errors.ts'

export const notYet = async (): Promise<never> => {
  throw new Refusal('unavailable', 'not_built', 'This operation is not built yet.')
}
