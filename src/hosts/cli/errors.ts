import { defineErrors } from '../../core/errors.ts'

export const usageError = defineErrors('usage', {
  'bad-param': {
    kind: 'user',
    message: '“{text}” is not a parameter with a value.',
    remedy: 'Write --param name=value.',
  },
  'param-twice': {
    kind: 'user',
    message: 'The parameter “{name}” is given twice.',
    remedy: 'Give it one value.',
  },
  'file-missing': {
    kind: 'user',
    message: 'There is no file {path}.',
    remedy: '{hint}',
  },
  'bad-mapping': {
    kind: 'user',
    message: 'The mapping {path} cannot be used: {problem}.',
    remedy: 'Write a JSON object such as {example}.',
  },
  'bad-monitor': {
    kind: 'user',
    message: 'The monitor {path} cannot be used: {problem}',
    remedy: 'Write a JSON object; docs/monitoring.md says what it may hold.',
  },
  'no-window': {
    kind: 'user',
    message: 'There is nothing to report of “{name}”: {reason}',
    remedy: 'Ask it more, or make its windows smaller (`--spec`).',
  },
  'data-missing': {
    kind: 'user',
    message: 'There is no file {path}.',
    remedy: 'A relative path starts at the current folder, {folder}.',
  },
  'file-is-folder': {
    kind: 'user',
    message: '{path} is a folder, not a pipeline file.',
    remedy: '{hint}',
  },
  'file-unreadable': {
    kind: 'environment',
    message: '{path} cannot be read: {problem}.',
    remedy: 'Check the permissions of the file.',
  },
  'file-empty': {
    kind: 'user',
    message: 'The file {path} is empty.',
    remedy: 'A pipeline file is one JSON object that begins with "format": 1.',
  },
  'not-a-pipeline': {
    kind: 'user',
    message: '{path} is not a pipeline file.',
    remedy: 'Give the pipeline file (its name usually ends in .pipeline.json), not the data that it reads.',
  },
  'file-not-text': {
    kind: 'user',
    message: '{path} is not a text file in UTF-8.',
    remedy: 'Give the pipeline file (its name usually ends in .pipeline.json), not the data.',
  },
  'file-too-large': {
    kind: 'user',
    message: '{path} has {size}; a pipeline file has at most {limit}.',
    remedy: 'Give the pipeline file (its name usually ends in .pipeline.json), not the data.',
  },
  'no-pipeline': {
    kind: 'user',
    message: '{model} was not made by a run of this workspace.',
    remedy: 'Leave out --pipeline to see the model itself.',
  },
  'no-workspace': {
    kind: 'user',
    message: 'There is no workspace in {folder} or in a folder above it.',
    remedy:
      'Go to the folder of your pipelines, or name it with --workspace DIR. The first run makes a workspace.',
  },
  'no-folder': {
    kind: 'user',
    message: 'There is no folder {folder}.',
    remedy: 'Make it first, or name another one.',
  },
  'unknown-shell': {
    kind: 'user',
    message: 'There is no completion for the shell “{shell}”.',
    remedy: 'Choose bash, zsh or fish.',
  },
  'no-node': {
    kind: 'user',
    message: 'A page is of one step, and none is named.',
    remedy: 'Name the step: pipewright runs show RUN NODE --html FILE.',
  },
  'no-report': {
    kind: 'user',
    message: 'The step “{node}” has no report, so there is no page of it.',
    remedy: 'Name a step with a report, such as a profile, a check or an evaluation.',
  },
  'bad-row': {
    kind: 'user',
    message: 'In {where}: {problem}.',
    remedy:
      'Give one JSON object with a value for each column, or a file with one; `pipewright models show` tells the columns.',
  },
  'row-unreadable': {
    kind: 'user',
    message: 'The row in {path} cannot be read: {problem}.',
    remedy: 'Give a file with one JSON object, or the object itself.',
  },
  'bad-channel': {
    kind: 'user',
    message: 'In {where}: {problem}',
    remedy: 'See `pipewright alerts channels keep --help` for examples.',
  },
  'two-answers': {
    kind: 'user',
    message: 'More than one answer is wanted.',
    remedy: 'Give one of --want, --at-least and --at-most.',
  },
  'answer-without-search': {
    kind: 'user',
    message: 'An answer is wanted, but changes that lead to it are not asked for.',
    remedy: 'Add --counterfactual.',
  },
  'bad-deployment': {
    kind: 'user',
    message: '“{name}” cannot be served like that: {problem}',
    remedy: 'See `pipewright serve --help`.',
  },
  'short-token': {
    kind: 'user',
    message: 'The token is too short to protect anything.',
    remedy: 'Give at least 16 characters that nobody guesses, such as those of `openssl rand -hex 32`.',
  },
  'no-feedback': {
    kind: 'user',
    message: 'It is not said which answer the feedback is to, or what would have been right.',
    remedy: 'Give the id of the prediction and the truth, or a file with --file.',
  },
  'bad-functions': {
    kind: 'user',
    message: '“{path}” has no labelling functions: {problem}',
    remedy:
      'It is a JSON list of objects with a name, an expression and, where that is a condition, a label.',
  },
  'broken-functions': {
    kind: 'user',
    message: 'The labelling functions in “{path}” are not kept: {problem}',
    remedy: 'Mend them; until then those that were kept before vote.',
  },
  'bad-feedback': {
    kind: 'user',
    message: '{where} is no feedback: {problem}',
    remedy: 'Write one JSON object a line, with “predictionId” and “label”, “isRight” or “score”.',
  },
  'bad-feedback-given': {
    kind: 'user',
    message: 'This is no feedback: {problem}',
    remedy: 'Give the id of the prediction (the answer tells it, and the log) and the truth.',
  },
  'feedback-unreadable': {
    kind: 'user',
    message: 'The feedback in {path} cannot be read: {problem}.',
    remedy: 'Name a file with one JSON object a line: “predictionId” and “label”, “isRight” or “score”.',
  },
  'unknown-environment': {
    kind: 'user',
    message: 'There is no environment “{environment}”.',
    remedy: 'Name “staging” or “production”.',
  },
  'card-format': {
    kind: 'user',
    message: 'A model card cannot be written as {path}.',
    remedy: 'Name a file that ends in .md or .html.',
  },
  'run-without-end': {
    kind: 'defect',
    message: 'The run {run} has no end.',
    remedy: 'Run the same command again. This is our mistake; please report it with the log file.',
  },
  'not-written': {
    kind: 'environment',
    message: '{path} cannot be written: {problem}.',
    remedy: 'Check the permissions of the file and its folder.',
  },
})
