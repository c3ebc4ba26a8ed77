import { defineErrors } from '../core/errors.ts'

export const tableError = defineErrors('table', {
  'out-of-memory': {
    kind: 'environment',
    message: 'There is not enough memory to work on this table: the step may use {memoryMb} MB.',
    remedy: 'Give the step more memory, close other programs, or use fewer rows or columns.',
  },
  'disk-full': {
    kind: 'environment',
    message: 'The disk is full.',
    remedy: 'Free some space (`pipewright gc` drops results that no run needs) and run again.',
  },
  'no-start-column': {
    kind: 'user',
    message: 'Column “{column}” is not among the stored columns of the table.',
    remedy: 'Choose a column that the table has.',
  },
  'name-taken': {
    kind: 'user',
    message: 'Two columns are named “{column}” (capital letters make no difference).',
    remedy: 'Rename one of them.',
  },
  'split-length': {
    kind: 'defect',
    message: 'A split of {parts} rows was given for a table of {rows} rows.',
    remedy: 'Please report this.',
  },
  'split-part': {
    kind: 'defect',
    message: 'A row was put into part {part}; there are parts 0, 1 and 2.',
    remedy: 'Please report this.',
  },
})
