import { z } from 'zod'
import type { JsonSchema } from '../../formats/tariff/index.ts'
import { TariffDocument } from './tariff.ts'

/** This will give the JSON Schema of a tariff as the model has it; made once. */
export function modelSchema(): JsonSchema {
  made ??= z.toJSONSchema(TariffDocument, { io: 'input' }) as JsonSchema
  return made
}
let made: JsonSchema | undefined

/**
 * This will give the JSON Schema of a tariff's text, for editors: like the model's, but a number may be written
 * where the model takes text, because it is read digit for digit.
 */
export function tariffTextSchema(): object {
  const { $schema, ...rest } = openedToNumbers(modelSchema()) as Record<string, unknown>
  return {
    $schema,
    title: 'Tariff',
    description: 'A tariff: dated versions of rules that price usage.',
    ...rest,
  }
}

function openedToNumbers(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(openedToNumbers)
  if (typeof schema !== 'object' || schema === null) return schema
  const opened = Object.fromEntries(
    Object.entries(schema).map(([name, inner]) => [name, openedToNumbers(inner)]),
  )
  const isText = opened.type === 'string' && !('enum' in opened || 'const' in opened || 'pattern' in opened)
  return isText ? { ...opened, type: ['string', 'number'] } : opened
}
