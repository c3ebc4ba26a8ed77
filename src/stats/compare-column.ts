import type { Column } from '../core/columns.ts'
import type { ComparedColumn } from '../core/drift-content.ts'
import { twoProportionsTest } from './chi-square.ts'
import { measureColumnDrift } from './column-drift.ts'
import { columnSamples, type ColumnSamples } from './column-samples.ts'
import { sharesOf, totalOf } from './counts.ts'
import { settingsOfColumn, type DriftSettings } from './drift-settings.ts'
import { prepareColumn, type ColumnValues, type ExactColumn } from './prepared-column.ts'

/** A column of one sample: its values, or what was made of them. */
export type ColumnSide = ColumnValues | ExactColumn

const picture = { by: 'width', count: 20 } as const

/**
 * How a column of the current rows differs from the reference: in its values, by the method that the settings name or that
 * suits it, and in how many are missing.
 */
export function compareColumn(
  { name, type }: Pick<Column, 'name' | 'type'>,
  sides: { reference: ColumnSide; current: ColumnSide },
  settings: DriftSettings,
): ComparedColumn {
  const reference = preparedOf(sides.reference)
  const current = preparedOf(sides.current)
  const gaps = { reference: reference.gaps, current: current.gaps }
  const rows = { reference: reference.rows, current: current.rows }
  const missing = {
    reference: shareOf(gaps.reference, rows.reference),
    current: shareOf(gaps.current, rows.current),
    pValue: missingTest(gaps, rows),
  }
  const column = { column: name, type, rows, missing }
  const samples = columnSamples(reference, current)
  const judgedBy = settingsOfColumn({ name, type }, settings)
  // Nothing to compare is no drift of its own, unless a side has lost all its values.
  if (!samples) return { ...column, drifted: missing.pValue < judgedBy.significance }
  return {
    ...column,
    ...measureColumnDrift(samples, { referenceRows: rows.reference, ...judgedBy }),
    ...(samples.numbers === null && { unseen: unseenShare(samples) }),
    distribution: pictureOf(samples),
  }
}

const preparedOf = (side: ColumnSide): ExactColumn => ('rows' in side ? side : prepareColumn(side))

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

function pictureOf(samples: ColumnSamples): ComparedColumn['distribution'] {
  const counted = samples.counts(picture)
  if ('edges' in counted) return { edges: [...counted.edges], ...sharesOf(counted) }
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
