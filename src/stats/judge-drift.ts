import type { ComparedColumn } from '../core/drift-content.ts'
import { adjustForFalseDiscovery } from './false-discovery.ts'

export interface DriftVerdict {
  /** As they were given, judged by adjusted p-values where that was asked for. */
  columns: ComparedColumn[]
  /** Whether the table as a whole has drifted. */
  drifted: boolean
  /** Of the columns. */
  driftedShare: number
}

/**
 * Judges a table by its columns: it has drifted when at least a share of them has. With `adjust` the p-values of tests are
 * raised for their number (Benjamini and Hochberg) and judged anew; what was judged by a distance stays.
 */
export function judgeDrift(
  compared: readonly ComparedColumn[],
  { adjust, share }: { adjust: boolean; share: number },
): DriftVerdict {
  const columns = adjust ? adjusted(compared) : [...compared]
  const driftedShare =
    columns.length === 0 ? 0 : columns.filter(({ drifted }) => drifted).length / columns.length
  return { columns, driftedShare, drifted: driftedShare >= share }
}

function adjusted(compared: readonly ComparedColumn[]): ComparedColumn[] {
  const tested = compared.filter(({ pValue }) => pValue !== undefined)
  const raised = adjustForFalseDiscovery(tested.map(({ pValue }) => pValue!))
  const raisedOf = new Map(tested.map((column, at) => [column, raised[at]!]))
  return compared.map((column) => {
    const adjustedPValue = raisedOf.get(column)
    return adjustedPValue === undefined
      ? column
      : { ...column, adjustedPValue, drifted: adjustedPValue < column.threshold! }
  })
}
