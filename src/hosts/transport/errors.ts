import { defineErrors } from '../../core/errors.ts'

export const contractError = defineErrors('contract', {
  'broken-call': {
    kind: 'defect',
    message: 'Two parts of Pipewright do not agree: {detail}.',
    remedy: 'This is our mistake, not yours. The log file has the details; please report it.',
  },
})
