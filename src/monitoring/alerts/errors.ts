import { defineErrors } from '../../core/errors.ts'

export const alertError = defineErrors('alert', {
  'untrusted-command': {
    kind: 'user',
    message: 'The channel “{name}” would run a program of this computer: {command}.',
    remedy: 'Keep it once more and say that you trust it (`--trust`).',
  },
  'unknown-silence': {
    kind: 'user',
    message: 'There is no silence with the number {number}.',
    remedy: 'See `pipewright alerts list`.',
  },
  'unknown-rule': {
    kind: 'user',
    message: 'The deployment “{deployment}” has no rule “{rule}”.',
    remedy: '{hint}',
  },
})
