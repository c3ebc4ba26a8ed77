import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type RowScope } from '../../../src/core/columns.ts'
import { logLosses, squaredErrors } from '../../../src/learn/metrics/row-losses.ts'
import { testSlices, type SliceTest } from '../../../src/learn/metrics/slice-tests.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { TrueAnswers } from '../true-answers.ts'
import type { Judged } from './judge-model.ts'
import { measuredSlice, slicesOf, type MeasuredSlice, type Slice } from './slices.ts'
import { worstFirst } from './worst-slices.ts'

/** The slices of a table on which a model is worse than on all others. */
export interface FoundSlices {
  /** How many were looked at. */
  tested: number
  worst: (MeasuredSlice & SliceTest)[]
}

/** Smaller slices say little. */
const fewestRows = 30
const smallestShare = 0.02
/** The share of false ones that is let pass among those that are told. */
const falseDiscoveries = 0.05
const mostTold = 20

/** All slices by a column as it came from its source, whatever was made of it since. */
export async function sourceSlices(
  context: RunContext,
  table: TableData,
  { answers, rows }: { answers: TrueAnswers; rows: RowScope },
): Promise<Slice[]> {
  const columns = table.startColumns
    .filter(({ name }) => name !== answers.column && isUsable(table, name))
    .map(({ name, type }) => ({ name, type, role: 'feature' as const, origin: 'start' as const }))
  return slicesOf(
    context,
    { ...table, recipe: [], columns },
    {
      columns: columns.map(({ name }) => name),
      answers,
      rows,
      fewestRows: Math.max(fewestRows, smallestShare * answers.kept.length),
    },
  )
}

export function findWorstSlices(judged: Judged, slices: readonly Slice[]): FoundSlices {
  const { answers } = judged
  const losses = answers.task === 'classes' ? logLosses(answers.rows) : squaredErrors(answers.rows)
  const tests = testSlices(
    losses,
    slices.map(({ rows }) => rows),
  )
  const found = slices.flatMap((slice, index) =>
    tests[index]!.adjustedPValue <= falseDiscoveries
      ? [Object.assign(measuredSlice(slice, judged.metricsOf({ rows: slice.rows })), tests[index]!)]
      : [],
  )
  return { tested: slices.length, worst: worstFirst(found, answers.task).slice(0, mostTold) }
}

function isUsable(table: TableData, name: string): boolean {
  const role = columnNamed(table, name)?.role
  return role !== 'id' && role !== 'weight' && role !== 'target'
}
