/** The part of JSON Schema that parameters come out as. */
export interface JsonSchema {
  /** Several where a value may be of any of them. */
  type?: string | readonly string[]
  title?: string
  description?: string
  unit?: string
  default?: unknown
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  items?: JsonSchema
  prefixItems?: readonly JsonSchema[]
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  additionalProperties?: JsonSchema | boolean
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
}

/** Which values a parameter takes, in Markdown: a line, and a list for objects and alternatives. */
export function describeValues(schema: JsonSchema): string {
  const alternatives = schema.oneOf ?? (schema.type === 'array' ? schema.items?.oneOf : undefined)
  if (alternatives)
    return `One of these objects${schema.type === 'array' ? ', or several' : ''}:\n\n${objects(alternatives)}`
  const fields = fieldsOf(schema)
  const line = `Values: ${valuesInWords(schema)}.`
  return fields === '' ? line : `${line}\n\n${fields}`
}

function objects(alternatives: readonly JsonSchema[]): string {
  return alternatives
    .map((schema) => {
      const [name, constant] = Object.entries(schema.properties ?? {}).find(
        ([, field]) => field.const !== undefined,
      )!
      const rest = Object.entries(schema.properties ?? {}).filter(([other]) => other !== name)
      const names = rest.map(([other]) => `\`${other}${schema.required?.includes(other) ? '' : '?'}\``)
      return `- \`${String(constant.const)}\`: ${schema.title ?? ''} (${names.join(', ')}).`
    })
    .join('\n')
}

function fieldsOf(schema: JsonSchema): string {
  const { properties = {} } = schema.type === 'array' ? (schema.items ?? {}) : schema
  return Object.entries(properties).map(fieldLine).join('\n')
}

function fieldLine([name, field]: [string, JsonSchema]): string {
  const text = field.description ?? field.title
  return `- \`${name}\` (${valuesInWords(field)})${text === undefined ? '' : `: ${text}`}`
}

/** Which values a schema takes, with their bounds, in one line; literal values in backquotes. */
export function valuesInWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return schema.enum.map(code).join(', ')
  const alternatives = alternativesOf(schema)
  if (alternatives)
    return kindsInWords(alternatives) ?? [...new Set(alternatives.map(valuesInWords))].join(' or ')
  switch (schema.type) {
    case undefined:
      return 'any value'
    case 'array':
      return schema.prefixItems
        ? `a list of ${schema.prefixItems.map(valuesInWords).join(' and ')}`
        : `a list of ${valuesInWords(schema.items ?? {})}`
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `an object by name of ${valuesInWords(schema.additionalProperties)}`
        : 'an object'
    case 'string':
      return schema.maxLength === 1 ? 'a character' : 'text'
    case 'null':
      return code(null)
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `a whole number${range(schema)}`
    case 'number':
      return `a number${range(schema)}`
    default:
      return 'any value'
  }
}

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] | undefined {
  if (typeof schema.type === 'object') return schema.type.map((type) => Object.assign({}, schema, { type }))
  return schema.anyOf ?? schema.oneOf
}

/** Objects that a field with a constant tells apart, by its values. */
function kindsInWords(alternatives: readonly JsonSchema[]): string | undefined {
  const kinds = alternatives.map(({ properties = {} }) =>
    Object.entries(properties).find(([, field]) => field.const !== undefined),
  )
  const name = kinds[0]?.[0]
  if (name === undefined || kinds.some((kind) => kind?.[0] !== name)) return undefined
  return `an object with ${name} ${kinds.map((kind) => code(kind![1].const)).join(' or ')}`
}

const code = (value: unknown): string => `\`${JSON.stringify(value)}\``

function range(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  // JSON Schema of a whole number always has the bounds of what is exact.
  const lower = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum
  const upper = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  const bounds = [
    ...(lower === undefined ? [] : [`at least ${lower}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(upper === undefined ? [] : [`at most ${upper}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ]
  return bounds.length === 0 ? '' : `, ${bounds.join(', ')}`
}
