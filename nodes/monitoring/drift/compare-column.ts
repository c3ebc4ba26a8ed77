import type { Column } from '../../../src/core/columns.ts'
import { twoProportionsTest } from '../../../src/stats/chi-square.ts'
import { measureColumnDrift, type DriftMethod } from '../../../src/stats/column-drift.ts'
import { columnSamples, type ColumnSamples, type ColumnValues } from '../../../src/stats/column-samples.ts'
import { sharesOf, totalOf } from '../../../src/stats/counts.ts'
import type { DriftParams } from './definition.ts'

export interface ComparedColumn {
  column: string
  type: Column['type']
  drifted: boolean
  /** Absent where one side has no values. */
  method?: DriftMethod
  score?: number
  pValue?: number
  adjustedPValue?: number
  threshold?: number
  rows: { reference: number; current: number }
  /** Shares of rows without a value, and how likely they differ so much by chance. */
  missing: { reference: number; current: number; pValue: number }
  /** Texts: the share of current values that the reference does not have. */
  unseen?: number
  /** Shares of both sides, for a picture: of intervals between inner edges, or of the most frequent values and the rest. */
  distribution?: {
    edges?: readonly number[]
    values?: readonly (string | number)[]
    reference: readonly number[]
    current: readonly number[]
  }
}

const picture = { by: 'width', count: 20 } as const

export function compareColumn(
  { name, type }: Column,
  { reference, current }: { reference: ColumnValues; current: ColumnValues },
  params: DriftParams,
): ComparedColumn {
  const gaps = { reference: countGaps(reference), current: countGaps(current) }
  const rows = { reference: reference.length, current: current.length }
  const missing = {
    reference: shareOf(gaps.reference, rows.reference),
    current: shareOf(gaps.current, rows.current),
    pValue: missingTest(gaps, rows),
  }
  const column = { column: name, type, rows, missing }
  const samples = columnSamples(reference, current)
  // Nothing to compare is no drift of its own, unless a side has lost all its values.
  if (!samples) return { ...column, drifted: missing.pValue < params.significance }
  const wanted = type === 'boolean' || type === 'text' ? params.categoryMethod : params.numberMethod
  const { significance, distanceLimit } = params
  return {
    ...column,
    ...measureColumnDrift(samples, {
      referenceRows: rows.reference,
      significance,
      distanceLimit,
      ...(wanted !== 'auto' && { method: wanted }),
    }),
    ...(samples.numbers === null && { unseen: unseenShare(samples) }),
    distribution: pictureOf(samples),
  }
}

function countGaps(values: ColumnValues): number {
  let gaps = 0
  for (const value of values) if (value === '' || Number.isNaN(value)) gaps++
  return gaps
}

const shareOf = (count: number, of: number): number => (of === 0 ? 0 : count / of)

function missingTest(gaps: ComparedColumn['rows'], rows: ComparedColumn['rows']): number {
  if (rows.reference === 0 || rows.current === 0) return 1
  return twoProportionsTest(
    { hits: gaps.reference, rows: rows.reference },
    { hits: gaps.current, rows: rows.current },
  ).pValue
}

function unseenShare(samples: ColumnSamples): number {
  const { reference, current } = samples.counts(picture)
  const unseen = current.reduce((sum, count, value) => sum + (reference[value] === 0 ? count : 0), 0)
  return unseen / totalOf(current)
}

function pictureOf(samples: ColumnSamples): NonNullable<ComparedColumn['distribution']> {
  const counted = samples.counts(picture)
  if ('edges' in counted) return { edges: counted.edges, ...sharesOf(counted) }
  const { reference, current } = sharesOf(counted)
  const order = Array.from(counted.values.keys()).toSorted(
    (a, b) => reference[b]! + current[b]! - reference[a]! - current[a]!,
  )
  const shown = order.slice(0, picture.count)
  const withRest = (shares: readonly number[]): number[] => {
    const own = shown.map((value) => shares[value]!)
    return order.length > shown.length ? [...own, 1 - totalOf(own)] : own
  }
  return {
    values: shown.map((value) => counted.values[value]!),
    reference: withRest(reference),
    current: withRest(current),
  }
}
