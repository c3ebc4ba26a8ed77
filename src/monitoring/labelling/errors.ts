import { defineErrors } from '../../core/errors.ts'

export const labellingError = defineErrors('labelling', {
  'no-model': {
    kind: 'user',
    message: 'No model answers for “{deployment}”.',
    remedy: 'Serve a registered model under this name.',
  },
  'no-target': {
    kind: 'user',
    message: 'The model of “{deployment}” finds groups of rows; there is no label to give.',
    remedy: 'Choose a deployment of a model with a target.',
  },
  'no-classes': {
    kind: 'user',
    message: 'The model of “{deployment}” answers with numbers, for which functions cannot vote.',
    remedy: 'Give the truth row by row, or import it.',
  },
  'no-functions': {
    kind: 'user',
    message: '“{deployment}” has no labelling function.',
    remedy: 'Write one: an expression, and the label that it votes for.',
  },
  'too-few-functions': {
    kind: 'user',
    message:
      'How right the functions of “{deployment}” are does not follow: fewer than three vote on the same rows, and few truths are known.',
    remedy: 'Write more functions, or some that vote on more rows, or label some rows by hand.',
  },
  'file-unreadable': {
    kind: 'user',
    message: '“{path}” cannot be read: {problem}',
    remedy: 'Labels come from a CSV file with a head, or from a Parquet file.',
  },
  'file-empty': {
    kind: 'user',
    message: '“{path}” is empty.',
    remedy: 'Labels come from a CSV file with a head, or from a Parquet file.',
  },
  'no-rows': {
    kind: 'user',
    message: '“{path}” has a head, but no rows.',
    remedy: 'Write one row for each answer whose label is known.',
  },
  'unknown-column': {
    kind: 'user',
    message: '“{path}” has no column “{column}”.',
    remedy: 'It has {columns}.',
  },
  'unknown-key': {
    kind: 'user',
    message: 'The model is not asked with a column “{column}”, so nothing can be found by it.',
    remedy: 'It is asked with {columns}.',
  },
  'too-many-labels': {
    kind: 'user',
    message: '“{path}” has more than {most} rows.',
    remedy: 'Import it in parts.',
  },
})
