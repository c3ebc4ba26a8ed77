import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { columnTypesFor, type SchemaField, type TableSchema } from './table-schema.ts'

/** What the columns of a table lack, without looking at rows; `type` as Frictionless reports call it. */
export interface StructureProblem {
  type: 'missing-label' | 'extra-label' | 'incorrect-label' | 'type-error'
  field: string
  note: string
}

export function structureProblems(schema: TableSchema, columns: readonly Column[]): StructureProblem[] {
  return [...labelProblems(schema, columns), ...typeProblems(schema, columns)]
}

/** The fields whose column is there, of a type that can be looked at. */
export function comparableFields(schema: TableSchema, columns: readonly Column[]): SchemaField[] {
  const misfits = new Set(typeProblems(schema, columns).map(({ field }) => field))
  return schema.fields.filter(({ name }) => columnNamed({ columns }, name) && !misfits.has(name))
}

function labelProblems(schema: TableSchema, columns: readonly Column[]): StructureProblem[] {
  const { fields, fieldsMatch = 'exact' } = schema
  const wanted = fields.map(({ name }) => name)
  const given = columns.map(({ name }) => name)
  const missing = wanted.filter((name) => !given.includes(name)).map(missingLabel)
  const extra = given.filter((name) => !wanted.includes(name)).map(extraLabel)
  switch (fieldsMatch) {
    case 'exact': {
      const problems = [...missing, ...extra]
      return problems.length > 0 ? problems : misplaced(wanted, given)
    }
    case 'equal':
      return [...missing, ...extra]
    case 'subset':
      return missing
    case 'superset':
      return extra
    case 'partial':
      return missing.length === wanted.length ? missing : []
  }
}

function misplaced(wanted: readonly string[], given: readonly string[]): StructureProblem[] {
  const index = wanted.findIndex((name, place) => name !== given[place])
  if (index === -1) return []
  const note = `“${given[index]!}” stands where “${wanted[index]!}” should.`
  return [{ type: 'incorrect-label', field: wanted[index]!, note }]
}

function typeProblems({ fields }: TableSchema, columns: readonly Column[]): StructureProblem[] {
  return fields.flatMap(({ name, type = 'any' }) => {
    const column = columnNamed({ columns }, name)
    if (!column || columnTypesFor(type).includes(column.type)) return []
    return [{ type: 'type-error', field: name, note: `“${name}” is a ${column.type} column, not ${type}.` }]
  })
}

const missingLabel = (name: string): StructureProblem => ({
  type: 'missing-label',
  field: name,
  note: `There is no column “${name}”.`,
})

const extraLabel = (name: string): StructureProblem => ({
  type: 'extra-label',
  field: name,
  note: `The column “${name}” does not stand in the schema.`,
})
