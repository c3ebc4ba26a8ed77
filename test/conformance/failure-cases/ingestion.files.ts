import type { FailureCase } from './failure-case.ts'

const two = (first: string, second: string, params: object = {}) => ({
  params: { pattern: 'parts/*.csv', ...params },
  inputs: {},
  files: { 'parts/1.csv': first, 'parts/2.csv': second },
})
const bad = ['id,size\n1,12\n', 'id,size\n1,12\n2,large\n3,7\n'] as const
const types = { size: 'number' }

export const ingestionFilesFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.files.no-files',
    example: { params: { pattern: 'nowhere/*.csv' }, inputs: {} },
    says: /^No file matches “nowhere\/\*\.csv”\.$/,
    param: 'pattern',
  },
  {
    code: 'ingestion.files.columns-differ',
    example: two('a,b\n1,2\n', 'b,c\n1,2\n'),
    says: /“parts\/1\.csv” lacks “c”\.$/,
    param: 'columns',
  },
  {
    code: 'ingestion.files.no-shared-columns',
    example: two('a\n1\n', 'b\n1\n', { columns: 'shared' }),
    says: /all of the 2 files/,
    param: 'columns',
  },
  {
    code: 'ingestion.files.types-differ',
    example: two('a\n1\n', 'a\nlarge\n'),
    says: /^“a” is integer in “parts\/1\.csv” and text in “parts\/2\.csv”\.$/,
    param: 'types',
  },
  {
    code: 'ingestion.files.rules-differ',
    example: two('day;a\n01.03.2026;1,5\n', 'day;a\n01.03.2026;1.5\n'),
    says: /^“a” is written as numbers with the decimal mark “,” in “parts\/1\.csv” and as .*“\.” in “parts\/2\.csv”\.$/,
    param: 'types',
  },
  {
    code: 'ingestion.files.unknown-columns',
    example: two('a\n1\n', 'a\n2\n', { formats: { day: 'DD.MM.YYYY' } }),
    says: /no file has: “day”\.$/,
    param: 'formats',
  },
  {
    code: 'ingestion.files.name-taken',
    example: two('a\n1\n', 'a\n2\n', { sourceColumn: 'a' }),
    says: /already have a column “a”/,
    param: 'sourceColumn',
  },
  {
    code: 'ingestion.files.row-does-not-fit',
    example: two(...bad, { types, badRows: 'fail' }),
    says: /^Rows of “parts\/2\.csv” .*: 1\. The first is on line 3: /,
    param: 'badRows',
  },
  {
    code: 'ingestion.files.too-many-rejects',
    example: two(...bad, { types, maximumRejectShare: 0.3 }),
    says: /^1 of 3 rows of “parts\/2\.csv”/,
    param: 'maximumRejectShare',
  },
]
