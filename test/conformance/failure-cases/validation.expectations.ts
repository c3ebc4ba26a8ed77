import type { FailureCase } from './failure-case.ts'

export const validationExpectationsFailures: readonly FailureCase[] = [
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
    code: 'validation.expectations.bad-format',
    example: {
      params: {
        expectations: [
          {
            expectation: 'expect_column_values_to_match_strftime_format',
            column: 'day',
            strftime_format: '%Q',
          },
        ],
      },
      inputs: { table: { csv: 'day\nmonday\n' } },
    },
    says: /^The format “%Q” cannot be used: /,
    param: 'expectations.0.strftime_format',
  },
]
