import { defineErrors } from '../core/errors.ts'

export const retrainingError = defineErrors('retraining', {
  none: {
    kind: 'user',
    message: 'Nothing retrains the deployment “{deployment}”.',
    remedy: 'A run of a pipeline with the node “Retrain” says when, and how, it is retrained.',
  },
  'goes-on': {
    kind: 'user',
    message: 'Job {job} retrains the deployment “{deployment}” already.',
    remedy: 'Wait for its end, or cancel it: `pipewright retrain cancel {job}`.',
  },
  'unknown-job': {
    kind: 'user',
    message: 'There is no retraining job {job}.',
    remedy: '`pipewright retrain jobs DEPLOYMENT` shows those there are.',
  },
})
