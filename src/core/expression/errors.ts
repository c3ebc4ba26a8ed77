import { defineErrors } from '../errors.ts'

/** Problems of expressions. Each also carries `marked`: the line in question with a mark below the place. */
export const expressionError = defineErrors('expression', {
  expected: {
    kind: 'user',
    message: 'At character {position}: expected {expected}, found {found}.',
    remedy: '{hint}',
  },
  'bad-character': {
    kind: 'user',
    message: 'At character {position}: “{character}” means nothing here.',
    remedy: '{hint}',
  },
  'bad-number': {
    kind: 'user',
    message: 'At character {position}: “{number}” is not a number.',
    remedy:
      'Write numbers like 12, 0.5 or 1e6; put the name of a column that starts with a digit in double quotes.',
  },
  unclosed: {
    kind: 'user',
    message: 'At character {position}: the {what} that starts here does not end.',
    remedy: 'Close it with {mark}; a {mark} inside it is written twice.',
  },
  'bad-text': {
    kind: 'user',
    message: 'At character {position}: this text holds a character that cannot be stored.',
    remedy: 'Remove the invisible character (NUL, or half of a Unicode character).',
  },
  'too-long': {
    kind: 'user',
    message: 'The expression is longer than {limit} characters.',
    remedy: 'Split it into several columns that are computed one after the other.',
  },
  'too-deep': {
    kind: 'user',
    message: 'At character {position}: the expression is nested more than {limit} deep.',
    remedy: 'Split it into several columns that are computed one after the other.',
  },
  'unknown-function': {
    kind: 'user',
    message: 'At character {position}: there is no function “{name}”.',
    remedy: '{hint}',
  },
  'wrong-count': {
    kind: 'user',
    message: 'At character {position}: “{name}” takes {wanted}, not {given}.',
    remedy: 'Write {signature}.',
  },
  'unknown-column': {
    kind: 'user',
    message: 'At character {position}: there is no column “{name}” here.',
    remedy: '{hint}',
  },
  'vector-column': {
    kind: 'user',
    message: 'At character {position}: “{name}” holds several numbers a row, which an expression cannot use.',
    remedy: 'Use the column before it was encoded.',
  },
  'wrong-type': {
    kind: 'user',
    message: 'At character {position}: {what} needs {wanted}, not {given}.',
    remedy: '{hint}',
  },
  'null-compared': {
    kind: 'user',
    message: 'At character {position}: a comparison with null, or with an empty text, never holds.',
    remedy: 'Write “is null” or “is not null”.',
  },
  'not-a-literal': {
    kind: 'user',
    message: 'At character {position}: {what} needs {wanted} that is written out here.',
    remedy: '{hint}',
  },
  'bad-date': {
    kind: 'user',
    message: 'At character {position}: “{text}” is not a {what}.',
    remedy: 'Write {example}.',
  },
  constant: {
    kind: 'user',
    message: 'The expression is the same for every row: {value}.',
    remedy: 'Use at least one column, written as its name or as "its name".',
  },
})

/** Where a problem is, for an error's values. */
export function placeIn(text: string, offset: number): { position: number; marked: string } {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const lineEnd = text.indexOf('\n', offset)
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd)
  const before = Array.from(text.slice(lineStart, offset))
  const mark = before.map((character) => (character === '\t' ? '\t' : ' ')).join('')
  return { position: Array.from(text.slice(0, offset)).length + 1, marked: `${line}\n${mark}^` }
}
