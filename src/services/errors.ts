import { defineErrors } from '../core/errors.ts'

export const serviceError = defineErrors('service', {
  'no-workspace': {
    kind: 'defect',
    message: 'An operation that needs a workspace was asked for without one.',
    remedy: 'This is our mistake, not yours. Please report it.',
  },
})

export const runError = defineErrors('run', {
  none: {
    kind: 'user',
    message: 'Nothing has run in the workspace {folder} yet.',
    remedy: 'Run a pipeline first: `pipewright run FILE`. Another workspace is chosen with `--workspace`.',
  },
  unknown: {
    kind: 'user',
    message: 'There is no run “{run}” in the workspace {folder}.',
    remedy:
      'See `pipewright runs list`; the beginning of an id is enough, and “latest” is the newest of a pipeline file.',
  },
  ambiguous: {
    kind: 'user',
    message: '“{run}” is the beginning of {count} runs.',
    remedy: 'Write more of the id.',
  },
  'only-one': {
    kind: 'user',
    message: 'The run {run} is the first of its pipeline: there is none before it to compare with.',
    remedy: 'Run the pipeline again, or name two runs.',
  },
  'not-running': {
    kind: 'user',
    message: 'The run {run} is not in progress.',
    remedy: 'There is nothing to cancel.',
  },
  'unknown-node': {
    kind: 'user',
    message: 'There was no node “{node}” in the run {run}.',
    remedy: '{hint}',
  },
})

export const nodeTypeError = defineErrors('node-type', {
  unknown: {
    kind: 'user',
    message: 'There is no node type “{id}”.',
    remedy: '{hint}',
  },
})

export const trustError = defineErrors('trust', {
  needed: {
    kind: 'user',
    message: 'The pipeline wants to write outside the workspace: {paths}.',
    remedy: 'If you know where the pipeline comes from, run it once with `--trust`; that is remembered.',
  },
  sends: {
    kind: 'user',
    message: 'The pipeline wants to send something to {servers}.',
    remedy: 'If you know where the pipeline comes from, run it once with `--trust`; that is remembered.',
  },
})

export const secretsError = defineErrors('secrets', {
  given: {
    kind: 'user',
    message: 'The secret “{name}” is given by the environment variable {variable}.',
    remedy: 'Change it there, and start Pipewright again.',
  },
  unsealed: {
    kind: 'environment',
    message: 'The kept secret “{name}” cannot be read any more: the system does not unseal it.',
    remedy: 'Give it again in the settings.',
  },
})

export const predictionError = defineErrors('prediction', {
  'columns-missing': {
    kind: 'user',
    message: 'The model “{model}” needs columns that “{path}” does not have: {columns}. It has {found}.',
    remedy: 'Add them or correct their names; `pipewright models show {model}` tells what the model needs.',
  },
  'unknown-format': {
    kind: 'user',
    message: 'It is not clear in which format to write “{path}”.',
    remedy: 'Let the name end in .csv, .tsv, .json, .jsonl or .parquet.',
  },
  'same-file': {
    kind: 'user',
    message: 'The data in “{path}” would be written over.',
    remedy: 'Choose another file to write.',
  },
  'rejects-over-answers': {
    kind: 'user',
    message: 'Answers and rejected rows would both be written to “{path}”.',
    remedy: 'Choose another file for the rejected rows.',
  },
})

export const filesError = defineErrors('files', {
  outside: {
    kind: 'user',
    message: '“{path}” is neither in the workspace nor in a folder that was opened.',
    remedy: 'Copy the file into the workspace, or add its folder to the trusted folders in the settings.',
  },
  missing: {
    kind: 'user',
    message: 'There is no file {path}.',
    remedy: 'It may have been moved or deleted; choose it again.',
  },
  unreadable: {
    kind: 'environment',
    message: '{path} cannot be read: {problem}.',
    remedy: 'Check the permissions of the file.',
  },
  unwritable: {
    kind: 'environment',
    message: '{path} cannot be written: {problem}.',
    remedy: 'Check the permissions of the file and its folder, and the space on the disk.',
  },
  'too-large': {
    kind: 'user',
    message: '{path} is too large for a pipeline file.',
    remedy: 'Open the pipeline file (its name usually ends in .pipeline.json), not the data.',
  },
  'no-text': {
    kind: 'user',
    message: '{path} is not a text file in UTF-8.',
    remedy: 'Open the pipeline file (its name usually ends in .pipeline.json), not the data.',
  },
  'no-pipeline-name': {
    kind: 'user',
    message: '{path} is no name for a pipeline file.',
    remedy: 'Let the name end in .pipeline.json.',
  },
  taken: {
    kind: 'user',
    message: 'There is a file {path} by now.',
    remedy: 'Choose another name.',
  },
  'no-template': {
    kind: 'user',
    message: 'There is no template “{id}”.',
    remedy: 'Choose one from the list.',
  },
})

export const starterError = defineErrors('starter', {
  'unknown-target': {
    kind: 'user',
    message: 'There is no column “{target}” in “{path}”.',
    remedy: 'Choose one of the columns of the file.',
  },
  'unusable-target': {
    kind: 'user',
    message: 'The column “{target}” can be no target: {reason}.',
    remedy: 'Choose a column with two to 200 different values, or one of numbers.',
  },
  'no-features': {
    kind: 'user',
    message: 'Beside the target, “{path}” has no column that a model could learn from.',
    remedy: 'Choose a file with more columns.',
  },
})
