import { defineErrors } from '../../core/errors.ts'

export const httpError = defineErrors('http', {
  'no-window': {
    kind: 'environment',
    message: 'The window of Pipewright is not built: there is no {folder}.',
    remedy: 'Run `npm run build`, then try again.',
  },
  'port-taken': {
    kind: 'user',
    message: 'The port {port} is used by another program.',
    remedy: 'Choose another with --port, or leave it out.',
  },
  'port-forbidden': {
    kind: 'user',
    message: 'The port {port} may not be used: {problem}.',
    remedy: 'Choose one from 1024 on, or leave it out.',
  },
  'bad-name': {
    kind: 'user',
    message: '“{name}” cannot be the name of a file.',
    remedy: 'Give it a name without slashes that does not begin with a dot.',
  },
  'not-stored': {
    kind: 'environment',
    message: '“{name}” cannot be stored: {problem}.',
    remedy: 'Check the space on the disk and the permissions of the folder.',
  },
  'too-large': {
    kind: 'user',
    message: 'The file is larger than {limit} GB.',
    remedy: 'Copy it into the workspace yourself.',
  },
})
