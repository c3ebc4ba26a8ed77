import type { FailureCase } from './failure-case.ts'

const shops = { csv: 'shop,sales\nA,12\nB,9\n' }

const failing = (query: string): FailureCase['example'] => ({
  params: { query },
  inputs: { tables: [shops] },
})

export const featuresSqlFailures: readonly FailureCase[] = [
  {
    code: 'features.sql.bad-query',
    example: failing('SELECT price FROM input'),
    says: /^The query does not work: Referenced column "price" not found/,
    param: 'query',
  },
  {
    code: 'features.sql.no-select',
    example: failing('CREATE TABLE other AS SELECT 1'),
    says: /not one SELECT\.$/,
    param: 'query',
  },
  {
    code: 'features.sql.unsupported-type',
    example: failing('SELECT list(sales) AS all_sales FROM input'),
    says: /“all_sales” of the outcome is of the type BIGINT\[\]/,
    param: 'query',
  },
  {
    code: 'features.sql.no-such-row',
    example: {
      params: { query: 'SELECT shop, _row + 1 AS _row FROM input' },
      inputs: { tables: [{ ...shops, split: ['train', 'test'] }] },
    },
    says: /^In 1 rows the hidden column/,
    param: 'query',
  },
]
