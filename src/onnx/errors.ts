import { defineErrors } from '../core/errors.ts'

export const onnxError = defineErrors('onnx', {
  truncated: {
    kind: 'user',
    message: 'The ONNX model is damaged: it ends in the middle of a {message}.',
    remedy: 'Get the file again from where it came from, or train the model again.',
  },
  malformed: {
    kind: 'user',
    message: 'This is not a readable ONNX model: {problem}.',
    remedy: 'Choose a file that was saved as ONNX.',
  },
  'too-large': {
    kind: 'user',
    message: 'The model would take {sizeBytes} bytes; an ONNX file ends at 2 GB.',
    remedy: 'Make the model smaller: fewer or shallower trees, fewer categories.',
  },
  'column-missing': {
    kind: 'user',
    message: 'The model needs the column “{column}”, which is not among the given columns.',
    remedy: 'Give all columns of the model’s signature; a value that is not known may be null.',
  },
  'column-type': {
    kind: 'user',
    message: 'The model takes the column “{column}” as {wanted}, but it was given as {given}.',
    remedy: 'Give the values as the model’s signature says.',
  },
  'column-length': {
    kind: 'defect',
    message: 'The column “{column}” has {given} values where {wanted} were expected.',
    remedy: 'Please report this.',
  },
  'text-null': {
    kind: 'defect',
    message: 'Row {row} of the column “{column}” holds no text.',
    remedy: 'A null text is given as an empty text. Please report this.',
  },
  'text-unusable': {
    kind: 'user',
    message: 'Row {row} of the column “{column}” holds {problem}, which a model cannot read.',
    remedy: 'Take such characters out of the source, or leave the column out.',
  },
  imported: {
    kind: 'user',
    message:
      'The model was imported, so that nothing can be put behind its graph, and its inside cannot be told.',
    remedy:
      'Use it as it is: to predict, to evaluate and to serve. Change it where it was trained, and import it again.',
  },
  'session-failed': {
    kind: 'user',
    message: 'The model could not be loaded: {problem}.',
    remedy: 'Check that the file is a whole ONNX model that ONNX Runtime supports.',
  },
})
