import type { ErrorEntry } from '../../src/core/errors.ts'

/** The failure of a step that would mix the parts of a split. */
export const mixedGroupsEntry: ErrorEntry = {
  kind: 'user',
  message: 'Groups with rows in several parts of the split: {count}. The first is “{first}”.',
  remedy:
    'Let the split go by group, with the column that this step groups by: then each group lies in one part.',
}
