import { defineErrors } from '../../core/errors.ts'

export const foldError = defineErrors('folds', {
  'too-few-rows': {
    kind: 'user',
    message: 'There are {rows} rows to cross-validate with, too few for {blocks} parts.',
    remedy: 'Choose fewer folds, or check the filters and the split before this step.',
  },
  'too-few-groups': {
    kind: 'user',
    message: 'There are {groups} groups to cross-validate with, too few for {blocks} parts.',
    remedy: 'Choose fewer folds, or a column with more different values.',
  },
  'too-few-times': {
    kind: 'user',
    message: 'Too many rows have equal values of the order to cut it into {blocks} parts.',
    remedy: 'Choose fewer folds, or a column with more different values.',
  },
  'no-order': {
    kind: 'user',
    message: 'The column to order by has no value in {count} of {rows} rows.',
    remedy: 'Choose another column, or filter these rows out.',
  },
})
