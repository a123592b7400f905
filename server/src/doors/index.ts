import { enterpriseDoor } from './enterprise/index.ts'

/** Every way into the system. */
export const doors = [enterpriseDoor] as const
