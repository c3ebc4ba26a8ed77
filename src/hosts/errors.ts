import { defineErrors } from '../core/errors.ts'

export const hostError = defineErrors('host', {
  lost: {
    kind: 'environment',
    message: 'The Pipewright process that worked on this workspace (process {pid}) has ended unexpectedly.',
    remedy: 'Run the same command again: steps that were finished are not repeated.',
  },
  'other-version': {
    kind: 'environment',
    message: 'Another Pipewright, version {theirs}, is working on this workspace; this one is {ours}.',
    remedy: 'Wait until it has finished, or close it, and try again.',
  },
  unreachable: {
    kind: 'environment',
    message: 'The workspace {folder} is in use by process {pid}, which does not answer.',
    remedy: 'Wait a moment and try again. If it hangs, end that process.',
  },
})
