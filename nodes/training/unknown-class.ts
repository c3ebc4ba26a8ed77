import type { ErrorEntry } from '../../src/core/errors.ts'

/** The failure of nodes that compare a classifier’s answers with true ones. */
export const unknownClass = {
  kind: 'user',
  message:
    '“{column}” has the value “{value}”, which the model does not know, in {count} rows; it knows {classes}.',
  remedy: 'Bring the values into the form that the model was trained on, or filter these rows out.',
} as const satisfies ErrorEntry
