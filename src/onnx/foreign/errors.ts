import { defineErrors } from '../../core/errors.ts'

export const foreignError = defineErrors('foreign', {
  'no-model': {
    kind: 'user',
    message: 'The file is no ONNX model, or only a part of one.',
    remedy: 'Choose a whole file of the form .onnx, as the library that trained the model exports it.',
  },
  'unusable-part': {
    kind: 'user',
    message: 'The ONNX model cannot be used: {problem}.',
    remedy: 'Export it again as one plain file: without data in other files, functions or sparse tensors.',
  },
  'unknown-operators': {
    kind: 'user',
    message: 'The ONNX model uses operators of “{domain}”, which ONNX Runtime does not have by itself.',
    remedy: 'Export it with operators of ONNX, ai.onnx.ml and com.microsoft only.',
  },
  'too-old': {
    kind: 'user',
    message: 'The ONNX model was made for version {version} of the operators of ONNX.',
    remedy: 'Export it again with an operator set (opset) of 9 or later.',
  },
  float16: {
    kind: 'user',
    message: '“{port}” of the ONNX model holds numbers of 16 bits, which cannot be given or taken here.',
    remedy:
      'Export it with float32 inputs and outputs; weights of 16 bits inside are no problem. Numbers of 16 bits ' +
      'would also round what the columns say.',
  },
  'unusable-port': {
    kind: 'user',
    message: '“{port}” of the ONNX model cannot be used: {problem}.',
    remedy:
      'Inputs are tables of numbers or texts, [rows, columns] or [rows], with as many rows as there are.',
  },
  columns: {
    kind: 'user',
    message: 'The model takes {wanted} columns ({inputs}), but {given} are named.',
    remedy: 'Name a column for each, in the order in which the model was trained.',
  },
  'same-column': {
    kind: 'user',
    message: 'The column “{column}” is named twice.',
    remedy: 'Name each column once.',
  },
  'column-type': {
    kind: 'user',
    message: 'The column “{column}” cannot be of the type {type}: the model takes it as {element}.',
    remedy: 'Texts go where the model takes texts, all other types where it takes numbers.',
  },
  'no-answer': {
    kind: 'user',
    message: 'Which output of the model is the answer cannot be told: {problem}. It has {outputs}.',
    remedy: 'Say which output holds the probabilities, or the value, and how the classes are called.',
  },
  labels: {
    kind: 'user',
    message: 'The labels do not fit the model: {problem}.',
    remedy:
      'Give {count} labels, one for each class, in the order of the probabilities: after `--labels`, or under “Labels”. ' +
      'Where the file names its classes, none are needed.',
  },
  'no-probability': {
    kind: 'user',
    message: '“{output}” of the model gave {value} for a class, which is no probability.',
    remedy: 'Export the model with probabilities between 0 and 1, such as behind a softmax.',
  },
  'no-run': {
    kind: 'user',
    message: 'The model could not answer rows of these columns: {problem}',
    remedy: 'Check that the columns stand in the order in which the model was trained.',
  },
})
