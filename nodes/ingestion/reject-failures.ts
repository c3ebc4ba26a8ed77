import type { ErrorEntry } from '../../src/core/errors.ts'

/** The failures of `judgeRejects` for files that are read line by line. */
export const rejectFailures = {
  'row-does-not-fit': {
    kind: 'user',
    message: 'Rows of “{path}” that do not fit their columns: {count}. The first is on line {line}: {reason}',
    remedy: 'Mend the file, correct the types or null values, or let such rows be rejected.',
  },
  'too-many-rejects': {
    kind: 'user',
    message:
      '{count} of {rows} rows of “{path}” do not fit their columns. The first is on line {line}: {reason}',
    remedy: 'Check delimiter, quote, types and null values, or allow a larger share of rejected rows.',
  },
} as const satisfies Record<string, ErrorEntry>
