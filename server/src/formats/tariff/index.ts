export { type PlacedText, readPlacedText, type TextFault, type TextPlace } from './read.ts'
export { type JsonSchema, Shape } from './shape.ts'
export { documentText, layOut, writePlacedText } from './write.ts'
