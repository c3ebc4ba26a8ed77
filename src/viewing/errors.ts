import { defineErrors } from '../core/errors.ts'

export const viewError = defineErrors('view', {
  'unreadable-model': {
    kind: 'user',
    message: 'The file “{path}” cannot be read: {problem}.',
    remedy: 'Choose an ONNX file.',
  },
  lost: {
    kind: 'environment',
    message: 'The part of Pipewright that reads results has ended unexpectedly.',
    remedy: 'Try again. If it happens each time, free some memory or look into a smaller table.',
  },
  'too-slow': {
    kind: 'environment',
    message: 'Looking this up took longer than {seconds} seconds, so it was given up.',
    remedy: 'Try again with a simpler filter, or without sorting.',
  },
  'unknown-column': {
    kind: 'user',
    message: 'There is no column “{column}” in this table.',
    remedy: 'Choose one of the columns that are shown.',
  },
  'vector-column': {
    kind: 'user',
    message: 'The column “{column}” holds several numbers a row, which have no order.',
    remedy: 'Sort by another column.',
  },
  'no-condition': {
    kind: 'user',
    message: 'The filter gives a value of type {type}, not true or false.',
    remedy: 'Compare it with something, such as “age > 30”.',
  },
  'not-written': {
    kind: 'environment',
    message: '“{path}” cannot be written: {problem}.',
    remedy: 'Check the permissions of the file and its folder, and the space on the disk.',
  },
  'unknown-class': {
    kind: 'user',
    message: 'The model knows no class “{class}”; it knows {classes}.',
    remedy: 'Choose one of these.',
  },
  'unknown-input': {
    kind: 'user',
    message: 'The model takes no column “{column}”; it takes {columns}.',
    remedy: 'Choose some of these.',
  },
  'no-bound': {
    kind: 'user',
    message: 'The model answers with amounts, and it is not said which would be another answer.',
    remedy: 'Say what the answer should at least, or at most, be.',
  },
  'bound-for-classes': {
    kind: 'user',
    message: 'The model answers with classes, which no bound can be set for.',
    remedy: 'Name the class that is wanted instead.',
  },
  'no-explanation': {
    kind: 'user',
    message: 'The model gives no number for this row, so there is nothing to explain.',
    remedy: 'Give a value for the columns that have none.',
  },
  'bad-parameter': {
    kind: 'user',
    message: '{problem}',
    remedy: '{remedy}',
  },
  'no-rows': {
    kind: 'user',
    message: 'None of the first rows of “{path}” can be read.',
    remedy: 'Check that it is a table, with one row a line.',
  },
})
