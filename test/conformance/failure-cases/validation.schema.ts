import type { FailureCase } from './failure-case.ts'

export const validationSchemaFailures: readonly FailureCase[] = [
  {
    code: 'validation.schema.misfit',
    example: {
      params: { schema: { fields: [{ name: 'shop', constraints: { unique: true } }, { name: 'town' }] } },
      inputs: { table: { csv: 'shop\nJena\nJena\n' } },
    },
    says: /^The table does not fit its schema in 2 points: There is no column “town”\.$/,
    param: 'schema',
  },
  {
    code: 'validation.schema.bad-pattern',
    example: {
      params: { schema: { fields: [{ name: 'shop', constraints: { pattern: '(?=J)' } }] } },
      inputs: { table: { csv: 'shop\nJena\n' } },
    },
    says: /“\(\?=J\)” of “shop” is no regular expression/,
    param: 'schema.fields.0.constraints.pattern',
  },
]
