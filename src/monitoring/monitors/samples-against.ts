import { columnSamples, type ColumnSamples } from '../../stats/column-samples.ts'
import { prepareColumn, type ColumnValues, type ExactColumn } from '../../stats/prepared-column.ts'

const prepared = new WeakMap<ColumnValues, ExactColumn>()

/** A reference is compared with window after window: it is sorted and counted once. */
export function preparedReference(values: ColumnValues): ExactColumn {
  const known = prepared.get(values)
  if (known) return known
  const made = prepareColumn(values)
  prepared.set(values, made)
  return made
}

/** Null when a side has no value at all, or one has numbers and the other texts. */
export function samplesAgainst(reference: ColumnValues, current: ColumnValues): ColumnSamples | null {
  const [before, now] = [preparedReference(reference), prepareColumn(current)]
  return 'numbers' in before === 'numbers' in now ? columnSamples(before, now) : null
}
