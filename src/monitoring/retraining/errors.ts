import { defineErrors } from '../../core/errors.ts'

export const jobError = defineErrors('retraining-job', {
  'not-waiting': {
    kind: 'user',
    message: 'Job {job} does not wait for an approval: {state}.',
    remedy: '`pipewright retrain show {job}` says what it has done so far.',
  },
  'moved-meanwhile': {
    kind: 'user',
    message: 'Job {job} can promote nothing any more: {moved}',
    remedy: 'Reject it, `pipewright retrain reject {job}`, and start another: `pipewright retrain now`.',
  },
  ended: {
    kind: 'user',
    message: 'Job {job} has ended already, as {outcome}.',
    remedy: 'There is nothing to cancel.',
  },
  'promoted-already': {
    kind: 'user',
    message: 'Job {job} has promoted its challenger already.',
    remedy: 'Put the champion before back in place instead: `pipewright retrain roll-back {job}`.',
  },
  'nothing-to-take-back': {
    kind: 'user',
    message: 'Job {job} has promoted nothing that could be taken back: {state}.',
    remedy: 'Move the alias by hand: `pipewright models alias`.',
  },
  'another-answers': {
    kind: 'user',
    message: '“{reference}” is version {now} by now, not {version}, which job {job} has promoted.',
    remedy: 'Move the alias by hand: `pipewright models alias`.',
  },
})
