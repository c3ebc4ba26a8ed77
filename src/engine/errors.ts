import { defineErrors } from '../core/errors.ts'

export const engineError = defineErrors('engine', {
  'file-missing': {
    kind: 'user',
    message: 'There is no file “{path}”.',
    remedy: 'Check the path; a relative one starts at the folder of the pipeline file.',
  },
  'file-is-folder': {
    kind: 'user',
    message: 'The path “{path}” is that of a folder, not of a file.',
    remedy: 'Choose a file in it.',
  },
  'file-unreadable': {
    kind: 'environment',
    message: 'The file “{path}” cannot be read: {problem}.',
    remedy: 'Check that you may read it, and that the disk is there.',
  },
  'file-changed': {
    kind: 'environment',
    message: 'The file “{path}” changed while it was read.',
    remedy: 'Run again once nothing writes to it any more.',
  },
  'unknown-node': {
    kind: 'user',
    message: 'There is no node “{node}” in this pipeline.',
    remedy: '{hint}',
  },
  'nothing-in-scope': {
    kind: 'user',
    message: 'Nothing lies between what is asked for: {to} does not follow {from}.',
    remedy: 'Exchange them, or leave one of them out.',
  },
  'node-off': {
    kind: 'user',
    message: 'The node “{node}” is disabled, or needs a node that is.',
    remedy: 'Enable it, or choose another node.',
  },
  'unknown-run': {
    kind: 'user',
    message: 'There is no run “{run}” in this workspace.',
    remedy: '`pipewright runs list` shows those there are.',
  },
  'run-in-progress': {
    kind: 'user',
    message: 'The run “{run}” has not ended yet.',
    remedy: 'Wait for its end, or cancel it.',
  },
  'not-reproducible': {
    kind: 'user',
    message: 'The run “{run}” did not finish any step, so there is nothing to compare with.',
    remedy: 'Choose a run that has finished steps.',
  },
  'not-repeated': {
    kind: 'user',
    message:
      'The step “{node}” did not come to run then, so what it does outside the pipeline is not done now.',
    remedy: 'Run the pipeline.',
  },
  'data-changed': {
    kind: 'user',
    message: 'The file “{path}” changed since run “{run}”, so that run cannot be reproduced.',
    remedy: 'Put the file back as it was.',
  },
  'log-changed': {
    kind: 'user',
    message:
      'The log of “{deployment}” does not have all of what run “{run}” read, so that run cannot be reproduced.',
    remedy: 'Logs are kept for as many days as the deployment says; the tables of the run are still there.',
  },
  'too-many-items': {
    kind: 'user',
    message: 'The step runs its sub-pipeline for more than {limit} items.',
    remedy: 'Put several items into one.',
  },
  'item-twice': {
    kind: 'defect',
    message: 'The item “{item}” was to be run twice.',
    remedy: 'This is our mistake, not yours. Please report it.',
  },
  'no-item-input': {
    kind: 'user',
    message: 'The sub-pipeline “{subpipeline}” has no input “{input}”.',
    remedy: 'Name one of its inputs, or declare it there.',
  },
  'document-refused': {
    kind: 'user',
    message: 'The pipeline of run “{run}” does not pass the check any more: {problem}',
    remedy: '{remedy}',
  },
  'missing-output': {
    kind: 'defect',
    message: 'The node type {type} gave no {kind} at its output “{port}”.',
    remedy: 'This is our mistake, not yours. Please report it.',
  },
  'no-runner': {
    kind: 'defect',
    message: 'There is no runner for the node type {type}.',
    remedy: 'This is our mistake, not yours. Please report it.',
  },
  'unknown-secret': {
    kind: 'user',
    message: 'There is no secret “{name}”.',
    remedy: 'Give it in the settings of the app, or as the environment variable {variable}.',
  },
  'unknown-failure': {
    kind: 'defect',
    message: 'The node type {type} failed with “{failure}”, which its definition does not know.',
    remedy: 'This is our mistake, not yours. Please report it.',
  },
  'worker-killed': {
    kind: 'environment',
    message: 'The process that ran this step was ended from outside.',
    remedy: 'Often the system has run out of memory: close other programs, or use fewer rows, and run again.',
    retryable: true,
  },
  'worker-out-of-memory': {
    kind: 'environment',
    message: 'This step ran out of memory.',
    remedy: 'Close other programs, use fewer rows or columns, or run on a machine with more memory.',
  },
  'worker-crashed': {
    kind: 'defect',
    message: 'The process that ran this step crashed ({how}).',
    remedy: 'The log file has what it printed last. If it happens again, please report it.',
  },
  'worker-unavailable': {
    kind: 'environment',
    message: 'The process that should run this step could not be started: {problem}.',
    remedy: 'Check that memory and processes are free, and run again.',
    retryable: true,
  },
  'disk-full': {
    kind: 'environment',
    message: 'The disk is full; {path} could not be written.',
    remedy: 'Make room (`pipewright gc` removes old results) and run again.',
  },
  'not-permitted': {
    kind: 'environment',
    message: 'The system does not allow access to {path}.',
    remedy: 'Check the permissions of the file and of its folder.',
  },
  'file-busy': {
    kind: 'environment',
    message: 'Another program is using {path}.',
    remedy: 'Close that program and run again.',
    retryable: true,
  },
  'too-many-files': {
    kind: 'environment',
    message: 'Too many files are open.',
    remedy: 'Close other programs, or raise the limit of open files, and run again.',
    retryable: true,
  },
  'disk-error': {
    kind: 'environment',
    message: 'The disk reports an error at {path}: {problem}.',
    remedy: 'Check the disk, then run again.',
  },
})
