import { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'
import { structureProblems } from './structure-problems.ts'
import { tableSchemaSchema, type TableSchema } from './table-schema.ts'

const params = z.strictObject({
  schema: tableSchemaSchema
    .nullable()
    .default(null)
    .meta({
      title: 'Schema',
      description:
        'A Table Schema of Frictionless Data: fields with type and constraints, primary key, unique keys. When left empty, ' +
        'nothing is checked.',
    }),
  infer: z.boolean().default(true).meta({
    title: 'Infer a schema',
    description: 'Puts the tightest schema that holds of all rows into the report, to start from.',
  }),
  severity: z.enum(['error', 'warning']).default('error').meta({
    title: 'Severity',
    description:
      'What a table is that does not fit: an error fails the step and keeps its report, a warning only reports.',
  }),
})

export const schemaNode = defineNode({
  id: 'validation.schema',
  version: 1,
  title: 'Check schema',
  summary: 'Checks columns, types and constraints by a Table Schema, and infers one from data.',
  description:
    'The schema is a Table Schema of Frictionless Data, as it stands in a data package: required, unique, minimum, maximum, ' +
    'lengths, pattern (RE2 syntax, for the whole text) and enum of each field, primaryKey and uniqueKeys. “fieldsMatch” says ' +
    'how the columns may differ: exact (the default: these columns in this order), equal (in any order), subset (others ' +
    'may be there), superset (some may be missing), partial. Properties about how a file is read do nothing here: reading ' +
    'is done.\n\n' +
    'A field of type number takes whole numbers too; types without a column type of their own (time, duration, object) are ' +
    'texts. Constraints of a column of the wrong type are not looked at. Every row is, whatever its split. The table passes ' +
    'through unchanged.',
  keywords: [
    'frictionless',
    'data package',
    'data types',
    'constraints',
    'primary key',
    'infer schema',
    'data contract',
    'validate',
  ],
  inputs: { table: { type: 'table', title: 'Table' } },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same table.' },
    report: { type: 'report', title: 'Report', description: 'What was checked, and the inferred schema.' },
  },
  params,
  failures: {
    misfit: {
      kind: 'user',
      message: 'The table does not fit its schema in {count} points: {first}',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`), then mend the data or change the schema.',
    },
    'bad-pattern': {
      kind: 'user',
      message: 'The pattern “{pattern}” of “{field}” is no regular expression in RE2 syntax: {reason}',
      remedy: 'Correct it; look-ahead and back-references are not part of RE2.',
    },
  },
  examples: [
    { title: 'Infer a schema', params: {}, inputs: { table: { csv: customersCsv() } } },
    {
      title: 'Customers as they should be',
      params: {
        schema: {
          fields: [
            { name: 'customer', type: 'string', constraints: { required: true, pattern: 'C[0-9]{3}' } },
            { name: 'plan', type: 'string', constraints: { enum: ['basic', 'plus', 'family'] } },
            { name: 'months', type: 'integer', constraints: { minimum: 0, maximum: 120 } },
          ],
          fieldsMatch: 'subset',
          primaryKey: 'customer',
        },
      },
      inputs: { table: { csv: customersCsv() } },
    },
    {
      title: 'A warning where it does not fit',
      params: {
        schema: {
          fields: [
            { name: 'shop', constraints: { unique: true, maxLength: 20 } },
            { name: 'sales', type: 'number', constraints: { exclusiveMinimum: 0 } },
          ],
          uniqueKeys: [['shop', 'sales']],
        },
        severity: 'warning',
      },
      inputs: { table: { csv: 'shop,sales\nJena,12\nGera,0\nJena,12\n' } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  paramsForSample: (params) => ({ ...params, severity: 'warning' as const }),
  propagate: ({ inputs: { table }, params: { schema } }) => ({
    outputs: { table, report: { kind: 'report' } },
    findings: schema ? [...keyFindings(schema), ...structureFindings(table, schema)] : [],
  }),
})

/** Warnings alone: a run fails with a report, which says more. */
function structureFindings(table: TableShape, schema: TableSchema): NodeFinding[] {
  if (!table.known) return []
  return structureProblems(schema, table.columns).map(({ field, note }) => {
    const index = schema.fields.findIndex(({ name }) => name === field)
    return {
      code: 'schema-mismatch',
      severity: 'warning',
      message: note,
      remedy: 'Change the schema, or the columns before this step.',
      param: index === -1 ? 'schema' : `schema.fields.${index}`,
    }
  })
}

function keyFindings({ fields, primaryKey, uniqueKeys = [] }: TableSchema): NodeFinding[] {
  const names = fields.map(({ name }) => name)
  const repeated = names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [bad(`The field “${name}” stands twice in the schema.`, `schema.fields.${index}`)]
      : [],
  )
  const keys = [
    ...[primaryKey ?? []].flat().map((name) => ({ name, param: 'schema.primaryKey' })),
    ...uniqueKeys.flatMap((key, index) => key.map((name) => ({ name, param: `schema.uniqueKeys.${index}` }))),
  ]
  const unknown = keys.flatMap(({ name, param }) =>
    names.includes(name) ? [] : [bad(`The key names “${name}”, which is no field of the schema.`, param)],
  )
  return [...repeated, ...unknown]
}

const bad = (message: string, param: string): NodeFinding => ({
  code: 'bad-parameter',
  severity: 'error',
  message,
  remedy: 'Correct the schema.',
  param,
})
