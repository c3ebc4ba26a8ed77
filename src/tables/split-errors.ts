import { defineErrors } from '../core/errors.ts'

export const splitError = defineErrors('split', {
  shares: {
    kind: 'user',
    message: 'The shares of train, validation and test are {shares}; together they must be 1.',
    remedy: 'Give shares between 0 and 1 that sum to 1.',
  },
  'no-rows': {
    kind: 'user',
    message: 'There are no rows to split.',
    remedy: 'Look at the steps before: a filter or a file may have left nothing.',
  },
  'empty-train': {
    kind: 'user',
    message: 'No row would be left to train on: the table has {rows} rows.',
    remedy: 'Give the train part a larger share, or use more rows.',
  },
  'only-single-rows': {
    kind: 'user',
    message: 'No two rows have the same value of the column to stratify by, so no class can be divided.',
    remedy: 'Stratify by a column with few values, such as the target, or split at random.',
  },
  'too-few-groups': {
    kind: 'user',
    message: 'There are {groups} groups for {parts} parts, and a group stays in one part.',
    remedy: 'Group by a column with more values, or make fewer parts.',
  },
  'too-few-values': {
    kind: 'user',
    message:
      'The column to order by has {values} different values for {parts} parts, and equal ones stay together.',
    remedy: 'Order by a column with more values, or make fewer parts.',
  },
  'no-order': {
    kind: 'user',
    message: '{count} rows have no value in the column to order by.',
    remedy: 'Filter these rows out or fill in their values before the split.',
  },
  'unknown-values': {
    kind: 'user',
    message: 'No part is given for these values of the column to split by: {values}.',
    remedy: 'Say for each of them whether it means train, validation or test.',
  },
})
