export { openClient } from './operations.ts'
