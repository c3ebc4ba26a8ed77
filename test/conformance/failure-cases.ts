import type { NodeExample } from '../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../nodes/example-tables.ts'

export interface FailureCase {
  /** Node type and failure. */
  code: string
  example: Omit<NodeExample, 'title'>
  /** What the message says. */
  says: RegExp
  /** The parameter it points at. */
  param?: string
}

const badNumbers = { 'numbers.csv': 'id,size\n1,12\n2,large\n3,7\n' }
const badReader = { path: 'numbers.csv', types: { size: 'number' } }

/** One case for every failure that a definition declares. */
export const failureCases: readonly FailureCase[] = [
  {
    code: 'ingestion.file.row-does-not-fit',
    example: { params: { ...badReader, badRows: 'fail' }, inputs: {}, files: badNumbers },
    says: /^Rows of “numbers\.csv” .*: 1\. The first is on line 3: /,
    param: 'badRows',
  },
  {
    code: 'ingestion.file.too-many-rejects',
    example: { params: { ...badReader, maximumRejectShare: 0.1 }, inputs: {}, files: badNumbers },
    says: /^1 of 3 rows .*numbers\.csv.* line 3/,
    param: 'maximumRejectShare',
  },
  {
    code: 'validation.expectations.unmet',
    example: {
      params: {
        expectations: [
          { expectation: 'expect_table_row_count_to_be_between', min_value: 1 },
          { expectation: 'expect_column_values_to_be_unique', column: 'shop' },
        ],
      },
      inputs: { table: { csv: 'shop\nJena\nJena\n' } },
    },
    says: /^1 of 2 expectations are not met: expect column values to be unique: “shop”, but 2 of 2 values are not, such as “Jena”\.$/,
    param: 'expectations.1',
  },
  {
    code: 'validation.expectations.bad-pattern',
    example: {
      params: {
        expectations: [
          { expectation: 'expect_column_values_to_match_regex', column: 'shop', regex: '(?=J)' },
        ],
      },
      inputs: { table: { csv: 'shop\nJena\n' } },
    },
    says: /“\(\?=J\)” is no regular expression/,
    param: 'expectations.0.regex',
  },
  {
    code: 'features.cast.unreadable',
    example: {
      params: { types: { size: 'number' } },
      inputs: { table: { csv: 'article,size\nA,12\nB,large\nC,small\n' } },
    },
    says: /^2 values of “size” are no number; the first is “large” in row 2\.$/,
    param: 'types.size',
  },
  {
    code: 'features.cast.column-in-use',
    example: {
      params: { types: { town: 'number' } },
      inputs: { table: { from: 'features.derive', example: 1, output: 'table' } },
    },
    says: /“town” is already used by the step “node”/,
    param: 'types.town',
  },
  {
    code: 'training.threshold.unknown-class',
    example: {
      params: {},
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,no$/gm, ',stays') },
      },
    },
    says: /“churn” has the value “stays”, which the model does not know, in \d+ rows; it knows “no”, “yes”\.$/,
  },
  {
    code: 'training.evaluate.unknown-class',
    example: {
      params: {},
      inputs: {
        models: [{ from: 'training.logistic-regression', output: 'model' }],
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,no$/gm, ',stays') },
      },
    },
    says: /“churn” has the value “stays”/,
  },
  {
    code: 'training.evaluate.no-answers',
    example: {
      params: {},
      inputs: {
        models: [{ from: 'training.logistic-regression', output: 'model' }],
        table: { ...splitNumbers, csv: splitNumbers.csv.replaceAll(/,(no|yes)$/gm, ',') },
      },
    },
    says: /No row has a value of “churn”/,
  },
  {
    code: 'serving.write-file.cannot-write',
    example: {
      params: { path: 'taken.csv/inner.csv' },
      inputs: { table: { csv: 'shop\nJena\n' } },
      files: { 'taken.csv': 'a file where a folder should be' },
    },
    says: /inner\.csv” cannot be written: /,
    param: 'path',
  },
]
