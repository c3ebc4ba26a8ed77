/** The part of JSON Schema that parameters come out as. */
export interface JsonSchema {
  type?: string
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
  const line = `Values: ${values(schema)}.`
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
  return `- \`${name}\` (${values(field)})${text === undefined ? '' : `: ${text}`}`
}

function values(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return schema.enum.map(code).join(', ')
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return alternatives.map(values).join(' or ')
  switch (schema.type) {
    case undefined:
      return 'any value'
    case 'array':
      return schema.prefixItems
        ? `a list of ${schema.prefixItems.map(values).join(' and ')}`
        : `a list of ${values(schema.items ?? {})}`
    case 'object':
      return typeof schema.additionalProperties === 'object'
        ? `an object by name of ${values(schema.additionalProperties)}`
        : 'an object'
    case 'string':
      return schema.maxLength === 1 ? 'a character' : 'text'
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
