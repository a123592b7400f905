import type { JsonSchema } from '../../formats/tariff/index.ts'

/** Fields that every rule may have, told once. */
const OF_ANY_RULE = ['class', 'code', 'text', 'taxCategory', 'when', 'seasons', 'memo', 'proration']
/** Owners that are the same thing under several names. */
const ALIKE: Readonly<Record<string, string>> = {
  earns: 'base',
  offsets: 'base',
  minimum: 'bound',
  maximum: 'bound',
}
/** Labels, not features: what a tariff is called, for whom, and in which units. */
const LABELS = /^(tariff\.|.*\.(code|text|name|unit|serviceType|currency|weekday)\b)/

/** This will list the features of the model: each way to write a rule, quantity or price, each word, each optional field. */
export function featuresOfModel(root: JsonSchema): Set<string> {
  const features = new Set<string>()
  const seen = new Set<JsonSchema>()
  const walk = (schema: JsonSchema, parent: string) => {
    if (schema.$ref !== undefined)
      return walk(root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {}, parent)
    for (const option of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(option, parent)
    if (schema.items) walk(schema.items, parent)
    if (!schema.properties || seen.has(schema)) return
    seen.add(schema)
    for (const owner of ownersOf(schema.properties, parent))
      for (const [name, inner] of Object.entries(schema.properties)) {
        add(features, owner, name, wordsOf(inner))
        walk(inner, name)
      }
  }
  walk(root, 'tariff')
  return features
}

/** The words that may stand in a field; of a switch the position that it is not in by itself. */
function wordsOf(schema: JsonSchema & { default?: unknown }): unknown[] {
  if (schema.type === 'boolean') return [schema.default !== true]
  return [schema, schema.items ?? {}].flatMap((one) => one.enum ?? one.const ?? [])
}

function ownersOf(properties: Record<string, JsonSchema>, parent: string): string[] {
  const words = (['kind', 'fn'] as const).flatMap(
    (name) => properties[name]?.enum ?? properties[name]?.const ?? [],
  )
  return words.length > 0 ? words.map(String) : [ownerOf(properties, parent)]
}

/** This will list the features that a document uses, named as those of the model. */
export function featuresOfDocument(document: unknown): Set<string> {
  const features = new Set<string>()
  const walk = (value: unknown, parent: string) => {
    if (Array.isArray(value)) for (const item of value) walk(item, parent)
    else if (typeof value === 'object' && value !== null) {
      const owner = ownerOf(value as Record<string, unknown>, parent)
      for (const [name, inner] of Object.entries(value)) {
        add(features, owner, name, [inner].flat())
        walk(inner, name)
      }
    }
  }
  walk(document, 'tariff')
  return features
}

function ownerOf(fields: Record<string, unknown>, parent: string): string {
  for (const name of ['kind', 'fn']) if (typeof fields[name] === 'string') return fields[name]
  return ['factor', 'fact', 'curve', 'line'].some((name) => name in fields) ? 'price' : parent
}

function add(features: Set<string>, owner: string, name: string, words: readonly unknown[]): void {
  if (name === 'kind' || name === 'fn') return void features.add(`${name}: ${owner}`)
  const shared = OF_ANY_RULE.includes(name) && owner !== 'price' ? 'rule' : (ALIKE[owner] ?? owner)
  const place = name === 'flow' ? 'quantity.flow' : `${shared}.${name}`
  const told = words.filter((word) => typeof word === 'string' || typeof word === 'boolean')
  const isSwitch = words.length === 1 && typeof words[0] === 'boolean'
  for (const feature of [...(isSwitch ? [] : [place]), ...told.map((word) => `${place}: ${word}`)])
    if (!LABELS.test(feature)) features.add(feature)
}
