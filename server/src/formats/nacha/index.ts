export type { NachaAddenda, NachaBatch, NachaEntry, NachaFile } from './nacha-file.ts'
export { readNacha } from './read.ts'
export { writeNacha } from './write.ts'
