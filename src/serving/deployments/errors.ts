import { defineErrors } from '../../core/errors.ts'

export const deploymentError = defineErrors('deployment', {
  'exposed-without-token': {
    kind: 'user',
    message: 'An endpoint at {host} could be asked by everybody who reaches this machine.',
    remedy: 'Give a token with it (`--token`), or leave the address out: then only this machine can ask.',
  },
  'changed-meanwhile': {
    kind: 'user',
    message: 'The deployment “{name}” was changed meanwhile.',
    remedy: 'Look at it again, then change it.',
  },
  'on-already': {
    kind: 'user',
    message: 'The deployment “{name}” is on already.',
    remedy: 'Switch it off first (`pipewright deployments off {name}`), or choose another name (`--name`).',
  },
  off: {
    kind: 'user',
    message: 'The deployment “{name}” does not answer at the moment.',
    remedy: 'Switch it on and wait until it is ready.',
  },
  'port-taken': {
    kind: 'environment',
    message: 'Port {port}, which “{name}” answers at, is used by another program.',
    remedy: 'End that program, or give the deployment another port.',
  },
  'no-port': {
    kind: 'environment',
    message: 'No port from {from} to {to} is free.',
    remedy: 'End a program that listens, or give the deployment a port.',
  },
  'no-live-version': {
    kind: 'user',
    message: 'No version of “{name}” is there to answer.',
    remedy: 'Give the deployment a version with the role “live” and a weight above 0.',
  },
  'model-gone': {
    kind: 'environment',
    message: 'The stored model of {model} is not in the workspace any more.',
    remedy: 'Run the pipeline that made it again.',
  },
  'not-started': {
    kind: 'environment',
    message: 'The server of “{name}” ended before it answered{how}.',
    remedy: 'The log of the deployment has the details.',
  },
  'too-slow-to-start': {
    kind: 'environment',
    message: 'The server of “{name}” did not start within {seconds} seconds.',
    remedy: 'Close other programs and switch it on again.',
  },
  ended: {
    kind: 'environment',
    message: 'A server of “{name}” has ended by itself{how}; it is started again.',
    remedy: 'The log of the deployment has the details.',
  },
  'keeps-ending': {
    kind: 'environment',
    message: 'A server of “{name}” ended {count} times in a row{how}; it is tried again.',
    remedy: 'The log of the deployment has the details. Serve an earlier version meanwhile.',
  },
  'answers-differ': {
    kind: 'defect',
    message: 'Live answers of {model} differ from batch scoring in {differing} of {rows} rows.',
    remedy: 'It does not answer. See its verification report, and please report it.',
  },
  'replay-failed': {
    kind: 'environment',
    message: 'Held-out rows could not be replayed through the endpoint of “{name}”: {problem}.',
    remedy: 'Switch it on again; the log of the deployment has the details.',
  },
  'no-reference': {
    kind: 'user',
    message: 'There is no table to compare the answers of {model} with: {reason}.',
    remedy: 'Run the pipeline that made the model again, or attach reference data.',
  },
})
