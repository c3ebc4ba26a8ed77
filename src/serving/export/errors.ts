import { defineErrors } from '../../core/errors.ts'

export const exportError = defineErrors('export', {
  'not-free': {
    kind: 'user',
    message: '{folder} is there already, and is no empty folder.',
    remedy: 'Choose a folder that is empty, or not there yet; an export is not written over another.',
  },
  'cannot-write': {
    kind: 'environment',
    message: 'The export could not be written into {folder}: {problem}.',
    remedy: 'Choose a folder that may be written to, on a disk with room for it.',
  },
})
