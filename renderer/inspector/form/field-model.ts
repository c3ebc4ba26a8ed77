import type { Json } from '../../../src/core/pipeline.ts'
import type { ParameterSchema } from './parameter-schema.ts'

export type Scalar = string | number | boolean | null
type ScalarType = 'text' | 'number' | 'boolean'

/** How a form asks for a value, and what the value must be. */
export type FieldKind =
  | { kind: 'text'; isLong: boolean; minLength: number; maxLength: number | null; pattern: string | null }
  | { kind: 'number'; isWhole: boolean; limits: Limits; hasSlider: boolean }
  | { kind: 'switch' }
  | { kind: 'choice'; options: readonly Scalar[] }
  | { kind: 'choices'; options: readonly Scalar[] }
  | { kind: 'column' }
  /** Names, and where `byRule` also a rule such as `{ type: 'numeric' }`. */
  | { kind: 'columns'; byRule: readonly string[] | null }
  | { kind: 'file'; what: 'file' | 'file-to-write' | 'folder' }
  /** With `byAlias`, also `name@alias`. */
  | { kind: 'registered-model'; byAlias: boolean }
  /** A text, or the name of a secret that holds it. */
  | { kind: 'secret' }
  | { kind: 'expression' }
  | { kind: 'query' }
  /** A single value that may be of several types: what is typed decides. */
  | { kind: 'scalar'; types: readonly ScalarType[] }
  /** Short values, one beside the other. */
  | { kind: 'values'; types: readonly ScalarType[]; least: number }
  | { kind: 'tuple'; items: readonly Field[] }
  | { kind: 'object'; fields: readonly Field[] }
  | { kind: 'list'; item: Field; least: number }
  /** Values by a name: a column, or free text. */
  | { kind: 'record'; byColumn: boolean; value: Field }
  /** Objects that one field with a constant tells apart. */
  | { kind: 'union'; tag: string; alternatives: readonly UnionAlternative[] }
  /** Objects that nothing but their fields tells apart. */
  | { kind: 'either'; alternatives: readonly Field[] }
  | { kind: 'json' }

export interface Limits {
  minimum: number | null
  maximum: number | null
  /** Whether the limits themselves are values. */
  includesMinimum: boolean
  includesMaximum: boolean
}

export interface UnionAlternative {
  value: string
  title: string
  description: string
  fields: readonly Field[]
}

export interface Field {
  /** The key in the object that holds it; '' for an item of a list. */
  name: string
  title: string
  description: string
  unit: string | null
  /** Of which models alone it says anything; null where of all. */
  answers: 'classes' | 'numbers' | null
  isRequired: boolean
  isNullable: boolean
  /** Undefined where absence means something of its own. */
  fallback: Json | undefined
  field: FieldKind
}

export type FieldOf<Kind extends FieldKind['kind']> = Field & { field: Extract<FieldKind, { kind: Kind }> }

/** The fields of an object's schema, in the order in which it names them. */
export function fieldsOf(schema: ParameterSchema): readonly Field[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).map(([name, property]) =>
    fieldOf(property, { name, isRequired: required.includes(name) }),
  )
}

function fieldOf(
  schema: ParameterSchema,
  { name, isRequired }: { name: string; isRequired: boolean },
): Field {
  const { value, isNullable } = withoutNull(schema)
  return {
    name,
    title: schema.title ?? titleOf(name),
    description: schema.description ?? '',
    unit: schema.unit ?? null,
    answers: schema.answers ?? null,
    isRequired,
    isNullable,
    fallback: schema.default as Json | undefined,
    field: kindOf({ ...value, ...(schema.widget && { widget: schema.widget }) }, name),
  }
}

/** `seedOffset`, `value_set` → “Seed offset”, “Value set”. */
export function titleOf(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function withoutNull(schema: ParameterSchema): { value: ParameterSchema; isNullable: boolean } {
  if (typeof schema.type === 'object') {
    const types = schema.type.filter((type) => type !== 'null')
    const type = types.length === 1 ? types[0]! : types
    return { value: { ...schema, type }, isNullable: types.length < schema.type.length }
  }
  const alternatives = schema.anyOf?.filter(({ type }) => type !== 'null')
  if (!alternatives || alternatives.length === schema.anyOf!.length)
    return { value: schema, isNullable: false }
  const { anyOf: _, ...rest } = schema
  return {
    value: alternatives.length === 1 ? { ...rest, ...alternatives[0] } : { ...rest, anyOf: alternatives },
    isNullable: true,
  }
}

function kindOf(schema: ParameterSchema, name: string): FieldKind {
  return (
    kindOfWidget(schema) ??
    kindOfAlternatives(schema) ??
    kindOfType(schema, name) ??
    ({ kind: 'json' } satisfies FieldKind)
  )
}

function kindOfWidget(schema: ParameterSchema): FieldKind | null {
  switch (schema.widget) {
    case 'file':
    case 'file-to-write':
    case 'folder':
      return { kind: 'file', what: schema.widget }
    case 'column':
      return { kind: 'column' }
    case 'columns':
      return { kind: 'columns', byRule: rulesOf(schema) }
    case 'expression':
      return { kind: 'expression' }
    case 'registered-model':
      return { kind: 'registered-model', byAlias: schema.pattern === undefined }
    case 'secret':
      return { kind: 'secret' }
    case 'by-column':
      return { kind: 'record', byColumn: true, value: valueOf(schema) }
    case undefined:
    default:
      return null
  }
}

function rulesOf(schema: ParameterSchema): readonly string[] | null {
  const rule = schema.anyOf?.find(({ type }) => type === 'object')
  return (rule?.properties?.['type']?.enum as readonly string[] | undefined) ?? null
}

function kindOfAlternatives(schema: ParameterSchema): FieldKind | null {
  if (schema.enum) return { kind: 'choice', options: schema.enum as readonly Scalar[] }
  if (schema.const !== undefined) return { kind: 'choice', options: [schema.const as Scalar] }
  const alternatives = schema.oneOf ?? schema.anyOf
  if (!alternatives) return null
  if (alternatives.every((each) => each.const !== undefined))
    return { kind: 'choice', options: alternatives.map((each) => each.const as Scalar) }
  const types = scalarTypes(alternatives.map(({ type }) => type))
  if (types) return { kind: 'scalar', types }
  const tag = tagOf(alternatives)
  return tag === null ? eitherOf(alternatives) : unionOf(alternatives, tag)
}

function eitherOf(alternatives: readonly ParameterSchema[]): FieldKind {
  return {
    kind: 'either',
    alternatives: alternatives.map((each) =>
      fieldOf({ ...each, title: each.title ?? alternativeTitle(each) }, { name: '', isRequired: true }),
    ),
  }
}

function alternativeTitle({ type, properties = {} }: ParameterSchema): string {
  if (type === 'object') return titleOf(Object.keys(properties).join(' and '))
  return type === 'array' ? 'A list' : 'One'
}

function tagOf(alternatives: readonly ParameterSchema[]): string | null {
  const { properties = {} } = alternatives[0]!
  const isTag = (name: string): boolean =>
    alternatives.every((each) => typeof each.properties?.[name]?.const === 'string')
  return Object.keys(properties).find(isTag) ?? null
}

function unionOf(alternatives: readonly ParameterSchema[], tag: string): FieldKind {
  return {
    kind: 'union',
    tag,
    alternatives: alternatives.map((each) => {
      const value = each.properties![tag]!.const as string
      return {
        value,
        title: each.title ?? titleOf(value),
        description: each.description ?? '',
        fields: fieldsOf(each).filter(({ name }) => name !== tag),
      }
    }),
  }
}

function kindOfType(schema: ParameterSchema, name: string): FieldKind | null {
  if (typeof schema.type === 'object') {
    const types = scalarTypes(schema.type)
    return types && { kind: 'scalar', types }
  }
  switch (schema.type) {
    case 'string':
      return name === 'query' && schema.widget === 'text-area' ? { kind: 'query' } : textOf(schema)
    case 'number':
    case 'integer':
      return numberOf(schema)
    case 'boolean':
      return { kind: 'switch' }
    case 'array':
      return kindOfArray(schema)
    case 'object':
      return kindOfObject(schema)
    case undefined:
    default:
      return null
  }
}

function textOf({ widget, minLength = 0, maxLength, pattern }: ParameterSchema): FieldKind {
  const isLong = widget === 'text-area'
  return { kind: 'text', isLong, minLength, maxLength: maxLength ?? null, pattern: pattern ?? null }
}

function numberOf(schema: ParameterSchema): FieldKind {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  // A schema of whole numbers always has the bounds of what is exact.
  const lower = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum
  const upper = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  return {
    kind: 'number',
    isWhole: schema.type === 'integer',
    hasSlider: schema.widget === 'slider',
    limits: {
      minimum: lower ?? exclusiveMinimum ?? null,
      maximum: upper ?? exclusiveMaximum ?? null,
      includesMinimum: lower !== undefined,
      includesMaximum: upper !== undefined,
    },
  }
}

function kindOfArray(schema: ParameterSchema): FieldKind {
  const { items = {}, prefixItems, minItems: least = 0 } = schema
  if (prefixItems) {
    const fields = prefixItems.map((item) => fieldOf(item, { name: '', isRequired: true }))
    return { kind: 'tuple', items: fields }
  }
  if (items.enum) return { kind: 'choices', options: items.enum as readonly Scalar[] }
  const types = scalarTypes([items.type].flat())
  if (types) return { kind: 'values', types, least }
  return { kind: 'list', item: fieldOf(items, { name: '', isRequired: true }), least }
}

function kindOfObject(schema: ParameterSchema): FieldKind {
  if (schema.properties) return { kind: 'object', fields: fieldsOf(schema) }
  return { kind: 'record', byColumn: false, value: valueOf(schema) }
}

function valueOf({ additionalProperties }: ParameterSchema): Field {
  const schema = typeof additionalProperties === 'object' ? additionalProperties : {}
  return fieldOf(schema, { name: '', isRequired: true })
}

function scalarTypes(types: readonly unknown[]): readonly ScalarType[] | null {
  const found = types.filter((type) => type !== 'null').map((type) => scalarTypeOf(type))
  return found.includes(null) ? null : [...new Set(found as ScalarType[])]
}

function scalarTypeOf(type: unknown): ScalarType | null {
  switch (type) {
    case 'string':
      return 'text'
    case 'number':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return null
  }
}
