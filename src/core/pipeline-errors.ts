import { defineErrors } from './errors.ts'

/** What can be wrong with a pipeline document: its text, its parameters, a change of it. */
export const pipelineError = defineErrors('pipeline', {
  syntax: {
    kind: 'user',
    message: '{problem} (line {line}, column {column}).',
    remedy: '{remedy}',
  },
  'duplicate-key': {
    kind: 'user',
    message: 'The name “{key}” stands twice in the same object (line {line}, column {column}).',
    remedy: 'Keep one of the two, or rename one.',
  },
  'forbidden-key': {
    kind: 'user',
    message: 'The name “{key}” is reserved (line {line}, column {column}).',
    remedy: 'Choose another name.',
  },
  'inexact-number': {
    kind: 'user',
    message: 'The number {number} cannot be held exactly (line {line}, column {column}).',
    remedy: 'Put it in quotes if it is an id, or round it.',
  },
  'too-deep': {
    kind: 'user',
    message: 'Lists and objects are nested more than {depth} deep (line {line}, column {column}).',
    remedy: 'Flatten the value that stands there.',
  },
  'too-large': {
    kind: 'user',
    message: 'The pipeline has {megabytes} MB; {limit} MB are allowed.',
    remedy: 'Keep data in files of their own and name their paths in parameters.',
  },
  'too-many-nodes': {
    kind: 'user',
    message: 'The pipeline has {count} nodes; {limit} are allowed.',
    remedy: 'Split it into several pipelines.',
  },
  'too-many-edges': {
    kind: 'user',
    message: 'The pipeline has {limit} edges, which is the most that is allowed.',
    remedy: 'Split it into several pipelines.',
  },
  'not-a-pipeline': {
    kind: 'user',
    message: 'This is not a pipeline: {reason}.',
    remedy: 'A pipeline file is one JSON object that begins with "format": {format}.',
  },
  'newer-format': {
    kind: 'user',
    message: 'The file has format {format}, made by a newer Pipewright; this one reads format {known}.',
    remedy: 'Update Pipewright, or save the pipeline with the older version.',
  },
  'bad-field': {
    kind: 'user',
    message: '{problem} (line {line}, column {column}).',
    remedy: '{remedy}',
  },

  'unknown-parameter': {
    kind: 'user',
    message: 'The pipeline has no parameter “{name}”.',
    remedy: '{remedy}',
  },
  'missing-value': {
    kind: 'user',
    message: 'The parameter “{name}” has no value.',
    remedy: 'Give one, as in --param {name}=…, or give the parameter a default.',
  },
  'wrong-value': {
    kind: 'user',
    message: 'The parameter “{name}” cannot be “{value}”.',
    remedy: 'Give {expected}.',
  },
  'missing-inner-value': {
    kind: 'user',
    message: 'The sub-pipeline “{subpipeline}” needs a value of its parameter “{name}”.',
    remedy: 'Give one, or give the parameter of the sub-pipeline a default.',
  },
  'unknown-inner-parameter': {
    kind: 'user',
    message: 'The sub-pipeline “{subpipeline}” has no parameter “{name}”.',
    remedy: '{remedy}',
  },
  'bad-reference': {
    kind: 'user',
    message: '“{text}” is not a reference to a parameter.',
    remedy: 'Write {example} with the name of a parameter, or {escape} for the two characters themselves.',
  },

  'no-subpipeline': {
    kind: 'user',
    message: 'There is no sub-pipeline “{subpipeline}”.',
    remedy: '{remedy}',
  },
  'subpipeline-exists': {
    kind: 'user',
    message: 'There is a sub-pipeline “{subpipeline}” already.',
    remedy: 'Choose another name.',
  },
  'node-between': {
    kind: 'user',
    message: '“{node}” stands between the chosen nodes: it needs one of them and feeds another.',
    remedy: 'Choose it too, or fewer of the others.',
  },
  'order-lost': {
    kind: 'user',
    message:
      'What arrives at “{port}” could not keep its order: an edge from outside stands behind one from inside.',
    remedy: 'Choose all nodes that feed it, or order its edges otherwise.',
  },
  'not-a-subpipeline': {
    kind: 'user',
    message: '“{node}” does not stand for a sub-pipeline.',
    remedy: 'Choose a node of type flow.subpipeline.',
  },
  'not-dissolvable': {
    kind: 'user',
    message: '“{node}” cannot be dissolved: the value of “{parameter}” would mean something else in place.',
    remedy: 'Write the value into the steps of the sub-pipeline first.',
  },
  'subpipeline-changed': {
    kind: 'user',
    message:
      'The file “{path}” is not the one that the sub-pipeline “{subpipeline}” refers to: it has changed.',
    remedy: 'Look at the file; `pipewright subpipelines refresh` takes it as it is now.',
  },
  'subpipeline-unreadable': {
    kind: 'user',
    message: 'The file “{path}” of the sub-pipeline “{subpipeline}” cannot be used: {problem}',
    remedy: '{remedy}',
  },
  'subpipeline-recursive': {
    kind: 'user',
    message: 'The file “{path}” uses itself as a sub-pipeline, by way of “{subpipeline}”.',
    remedy: 'Take one of the references out.',
  },
  'subpipeline-elsewhere': {
    kind: 'user',
    message: 'The sub-pipeline “{subpipeline}” stands in a file of its own, “{path}”.',
    remedy: 'Change that file and refresh the reference, or keep a copy in this file.',
  },
  'subpipelines-too-deep': {
    kind: 'user',
    message: 'Sub-pipelines are nested more than {limit} deep.',
    remedy: 'Use nodes in place of some of them.',
  },
  'no-outer-port': {
    kind: 'user',
    message: 'The sub-pipeline “{subpipeline}” has no {direction} “{port}”.',
    remedy: '{remedy}',
  },
  'no-inner-node': {
    kind: 'user',
    message:
      'The {direction} “{port}” of the sub-pipeline “{subpipeline}” is that of “{node}”, which it does not have.',
    remedy: 'Name another node of it, or remove the {direction}.',
  },

  'no-node': {
    kind: 'user',
    message: 'There is no node “{node}”.',
    remedy: '{remedy}',
  },
  'node-exists': {
    kind: 'user',
    message: 'There is a node “{node}” already.',
    remedy: 'Choose another id.',
  },
  'no-edge': {
    kind: 'user',
    message: 'There is no edge “{edge}”.',
    remedy: 'Look at the pipeline again; it may have changed meanwhile.',
  },
  'edge-exists': {
    kind: 'user',
    message: 'The edge “{edge}” is there already.',
    remedy: 'Two ports are connected once at most.',
  },
  'no-param': {
    kind: 'user',
    message: 'There is no value at “{path}” of “{node}”.',
    remedy: 'Set the value around it first.',
  },
  'bad-edit': {
    kind: 'user',
    message: 'The change does not fit a pipeline. {problem}',
    remedy: '{remedy}',
  },
})
