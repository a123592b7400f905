export type { Actor, StaffCaller } from './actor.ts'
