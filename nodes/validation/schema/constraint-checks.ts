import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { Expectation } from '../expectations/expectation.ts'
import { comparableFields } from './structure-problems.ts'
import type { SchemaField, TableSchema } from './table-schema.ts'

/** One constraint of a schema, as an expectation; `type` as Frictionless reports call an unmet one. */
export interface ConstraintCheck {
  type: 'constraint-error' | 'primary-key' | 'unique-error'
  fields: readonly string[]
  constraint: string
  expectation: Expectation
}

const checkOf = { mostly: 1, severity: 'error' } as const
const open = { strict_min: false, strict_max: false } as const

/** The constraints that can be held against these columns. */
export function constraintChecks(schema: TableSchema, columns: readonly Column[]): ConstraintCheck[] {
  const fields = comparableFields(schema, columns)
  const ofFields = fields.flatMap((field) => fieldChecks(field, columnNamed({ columns }, field.name)!))
  return [...ofFields, ...keyChecks(schema, columns)]
}

function fieldChecks({ name, constraints = {} }: SchemaField, column: Column): ConstraintCheck[] {
  if (column.type === 'vector') return []
  const all = [...anyTypeChecks(name, constraints), ...typedChecks(name, constraints, column)]
  return all.map(([constraint, expectation]) => ({
    type: constraint === 'unique' ? 'unique-error' : 'constraint-error',
    fields: [name],
    constraint,
    expectation,
  }))
}

type Constraints = NonNullable<SchemaField['constraints']>
type NamedCheck = readonly [constraint: string, expectation: Expectation]

function anyTypeChecks(column: string, constraints: Constraints): NamedCheck[] {
  const { required, unique, enum: set } = constraints
  return [
    ...(required
      ? [['required', { expectation: 'expect_column_values_to_not_be_null', column, ...checkOf }] as const]
      : []),
    ...(unique
      ? [['unique', { expectation: 'expect_column_values_to_be_unique', column, ...checkOf }] as const]
      : []),
    ...(set
      ? [
          [
            'enum',
            { expectation: 'expect_column_values_to_be_in_set', column, value_set: set, ...checkOf },
          ] as const,
        ]
      : []),
  ]
}

/** Bounds are about numbers and times, patterns and lengths about texts; others say nothing. */
function typedChecks(column: string, constraints: Constraints, { type }: Column): NamedCheck[] {
  if (type === 'text') return textChecks(column, constraints)
  if (type === 'boolean') return []
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = constraints
  const between = (bounds: object): Expectation => ({
    expectation: 'expect_column_values_to_be_between',
    column,
    ...open,
    ...bounds,
    ...checkOf,
  })
  const checks: NamedCheck[] = []
  if (minimum !== undefined) checks.push(['minimum', between({ min_value: minimum })])
  if (maximum !== undefined) checks.push(['maximum', between({ max_value: maximum })])
  if (exclusiveMinimum !== undefined)
    checks.push(['exclusiveMinimum', between({ min_value: exclusiveMinimum, strict_min: true })])
  if (exclusiveMaximum !== undefined)
    checks.push(['exclusiveMaximum', between({ max_value: exclusiveMaximum, strict_max: true })])
  return checks
}

function textChecks(column: string, { minLength, maxLength, pattern }: Constraints): NamedCheck[] {
  const expectation = 'expect_column_value_lengths_to_be_between'
  const checks: NamedCheck[] = []
  if (minLength !== undefined)
    checks.push(['minLength', { expectation, column, min_value: minLength, ...checkOf }])
  if (maxLength !== undefined)
    checks.push(['maxLength', { expectation, column, max_value: maxLength, ...checkOf }])
  if (pattern !== undefined) {
    const regex = wholePattern(pattern)
    checks.push([
      'pattern',
      { expectation: 'expect_column_values_to_match_regex', column, regex, ...checkOf },
    ])
  }
  return checks
}

/** A pattern of a schema is about the whole text. */
export const wholePattern = (pattern: string): string => `^(?:${pattern})$`

function keyChecks(schema: TableSchema, columns: readonly Column[]): ConstraintCheck[] {
  const primary = schema.primaryKey === undefined ? [] : [schema.primaryKey].flat()
  const notNull: ConstraintCheck[] = primary.map((column) => ({
    type: 'primary-key',
    fields: [column],
    constraint: 'primaryKey',
    expectation: { expectation: 'expect_column_values_to_not_be_null', column, ...checkOf },
  }))
  const unique = [
    ...(primary.length === 0 ? [] : [uniqueCheck('primary-key', 'primaryKey', primary)]),
    ...(schema.uniqueKeys ?? []).map((key) => uniqueCheck('unique-error', 'uniqueKeys', key)),
  ]
  const isStored = (name: string): boolean => {
    const column = columnNamed({ columns }, name)
    return column !== undefined && column.type !== 'vector'
  }
  return [...notNull, ...unique].filter(({ fields }) => fields.every(isStored))
}

function uniqueCheck(
  type: ConstraintCheck['type'],
  constraint: string,
  key: readonly string[],
): ConstraintCheck {
  const expectation: Expectation =
    key.length === 1
      ? { expectation: 'expect_column_values_to_be_unique', column: key[0]!, ...checkOf }
      : { expectation: 'expect_compound_columns_to_be_unique', column_list: [...key], ...checkOf }
  return { type, fields: key, constraint, expectation }
}
