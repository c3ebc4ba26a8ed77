import { z } from 'zod'
import type { ColumnType } from '../../../src/core/columns.ts'

const fieldTypes = [
  'string',
  'number',
  'integer',
  'boolean',
  'date',
  'datetime',
  'time',
  'year',
  'yearmonth',
  'duration',
  'object',
  'array',
  'list',
  'geopoint',
  'geojson',
  'any',
] as const
type FieldType = (typeof fieldTypes)[number]

const scalar = z.union([z.string(), z.number(), z.boolean()])
const bound = z.union([z.number(), z.string()]).optional()
const length = z.int().min(0).optional()

const constraintsSchema = z.strictObject({
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  minLength: length,
  maxLength: length,
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  pattern: z.string().min(1).optional(),
  enum: z.array(scalar).min(1).optional(),
})

/** Properties that say how a file is read, or what is meant, are let through. */
const fieldSchema = z.looseObject({
  name: z.string().min(1),
  type: z.enum(fieldTypes).optional(),
  constraints: constraintsSchema.optional(),
})

/** The ways in which the fields of a schema and the columns of a table may differ. */
const fieldsMatches = ['exact', 'equal', 'subset', 'superset', 'partial'] as const

/** A Table Schema of Frictionless Data (version 1 and 2), https://datapackage.org/standard/table-schema/. */
export const tableSchemaSchema = z.looseObject({
  fields: z.array(fieldSchema).min(1),
  fieldsMatch: z.enum(fieldsMatches).optional(),
  primaryKey: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  uniqueKeys: z.array(z.array(z.string()).min(1)).optional(),
})
export type TableSchema = z.output<typeof tableSchemaSchema>
export type SchemaField = TableSchema['fields'][number]

/** The types of column that hold the values of a field type. */
export function columnTypesFor(type: FieldType): readonly ColumnType[] {
  switch (type) {
    case 'any':
      return ['number', 'integer', 'boolean', 'text', 'date', 'datetime', 'vector']
    case 'number':
      return ['number', 'integer']
    case 'integer':
    case 'year':
      return ['integer']
    case 'boolean':
    case 'date':
    case 'datetime':
      return [type]
    case 'array':
      return ['vector', 'text']
    case 'string':
    case 'time':
    case 'yearmonth':
    case 'duration':
    case 'object':
    case 'list':
    case 'geopoint':
    case 'geojson':
      return ['text']
  }
}

export function fieldTypeOf(type: ColumnType): FieldType {
  switch (type) {
    case 'text':
      return 'string'
    case 'vector':
      return 'array'
    case 'number':
    case 'integer':
    case 'boolean':
    case 'date':
    case 'datetime':
      return type
  }
}
