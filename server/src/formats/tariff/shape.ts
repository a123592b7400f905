/** As much of JSON Schema as a document model needs to say which fields and kinds of value a place takes. */
export interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  const?: unknown
  enum?: unknown[]
  $ref?: string
  $defs?: Record<string, JsonSchema>
}

/** What may stand at a place of a document: the alternatives of its schema. */
export class Shape {
  private readonly root: JsonSchema
  private readonly options: readonly JsonSchema[]

  constructor(root: JsonSchema, options: readonly JsonSchema[] = [root]) {
    this.root = root
    this.options = options.flatMap((option) => this.expand(option))
  }

  private expand(schema: JsonSchema): JsonSchema[] {
    if (schema.$ref !== undefined) {
      const found = schema.$ref === '#' ? this.root : this.root.$defs?.[schema.$ref.replace('#/$defs/', '')]
      return found ? this.expand(found) : []
    }
    const options = schema.anyOf ?? schema.oneOf
    return options ? options.flatMap((option) => this.expand(option)) : [schema]
  }

  /** Keeps the alternatives whose constant fields (`kind`, `fn`) are those of a value; all, when none fits. */
  of(value: unknown): Shape {
    if (typeof value !== 'object' || value === null) return this
    const fields = value as Record<string, unknown>
    const fitting = this.options.filter((option) =>
      Object.entries(option.properties ?? {}).every(
        ([name, { const: wanted, enum: words }]) =>
          (wanted === undefined || fields[name] === wanted) &&
          (name !== 'kind' || words === undefined || words.includes(fields[name])),
      ),
    )
    return fitting.length === 0 ? this : new Shape(this.root, fitting)
  }

  /** What may stand in a field or at an index. */
  at(key: string | number): Shape {
    const inner = this.options.flatMap(({ properties, additionalProperties, items }) => {
      if (typeof key === 'number') return items ?? []
      if (properties && Object.hasOwn(properties, key)) return properties[key] ?? []
      return typeof additionalProperties === 'object' ? additionalProperties : []
    })
    return new Shape(this.root, inner)
  }

  takes(type: 'string' | 'number' | 'boolean'): boolean {
    const names: readonly string[] = type === 'number' ? ['number', 'integer'] : [type]
    return this.options.some((option) => [option.type ?? []].flat().some((name) => names.includes(name)))
  }

  /** The fields that may be written here. */
  fields(): string[] {
    return [...new Set(this.options.flatMap(({ properties }) => Object.keys(properties ?? {})))]
  }
}
