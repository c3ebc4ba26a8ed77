import { defineErrors } from '../../core/errors.ts'

export const monitorError = defineErrors('monitor', {
  'unknown-window': {
    kind: 'user',
    message: '“{name}” has no window of {version} that begins there.',
    remedy: 'Choose one of those that `pipewright monitor {name}` shows: old ones are removed with the log.',
  },
  'no-report': {
    kind: 'user',
    message: 'No drift report can be made of this window: {reason}',
    remedy:
      'Choose a newer window, or keep the log for longer; a model that was trained here has rows to compare with.',
  },
  'bad-expression': {
    kind: 'user',
    message: 'The business metric “{metric}” cannot be computed: {problem}',
    remedy:
      'Use the columns that the endpoint is asked with, and answer, probability, label and score; test it in the app.',
  },
  'unknown-column': {
    kind: 'user',
    message: '“{column}” is no column that “{name}” is asked with.',
    remedy: '{hint}',
  },
})
