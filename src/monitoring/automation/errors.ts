import { defineErrors } from '../../core/errors.ts'

export const scheduleError = defineErrors('schedule', {
  unknown: {
    kind: 'user',
    message: 'The pipeline “{path}” has no schedule “{name}”.',
    remedy: '{hint}',
  },
  'no-webhook': {
    kind: 'user',
    message: 'The schedule “{name}” is not started by a webhook.',
    remedy: 'Give it the trigger “webhook” in the pipeline file.',
  },
  'bad-trigger': {
    kind: 'user',
    message: 'The schedule “{name}” can never start: {problem}',
    remedy: 'Correct its trigger in the pipeline file.',
  },
})
