import type { Column } from '../core/columns.ts'
import type { ComparedColumn } from '../core/drift-content.ts'
import type { DriftMethod } from '../core/drift-methods.ts'
import { chanceOfDifference } from './chance-of-difference.ts'
import { twoProportionsTest } from './chi-square.ts'
import { chooseDriftMethod } from './choose-drift-method.ts'
import { judgeMeasured, measureSamples, type Measured } from './column-drift.ts'
import { columnSamples } from './column-samples.ts'
import { sharesOf, totalOf, type Bins, type Shares } from './counts.ts'
import { settingsOfColumn, type DriftSettings } from './drift-settings.ts'
import { namesRows } from './names-rows.ts'
import { prepareColumn, type ColumnValues, type PreparedColumn } from './prepared-column.ts'
import { estimateOf } from './sketched/bounded-distances.ts'
import { sketchedSamples } from './sketched/sketched-samples.ts'

/** A column of one sample: its values, or what was made of them. */
export type ColumnSide = ColumnValues | PreparedColumn

/** Both samples of a column, in rows or in sketches. */
interface ComparedSamples {
  isText: boolean
  distinct: number
  measure(method: DriftMethod): Measured
  /** How likely samples of one distribution differ so much. */
  chance: () => number
  /** For a picture. */
  shares(): Shares & Bins
  unseen: number | null
}

const picture = { by: 'width', count: 20 } as const

/**
 * How a column of the current rows differs from the reference: in its values, by the method that the settings name or that
 * suits it, and in how many are missing. From rows it is exact; from sketches the score comes with its bounds. Throws a
 * `RangeError` where a method does not suit the column.
 */
export function compareColumn(
  { name, type }: Pick<Column, 'name' | 'type'>,
  sides: { reference: ColumnSide; current: ColumnSide },
  settings: DriftSettings,
): ComparedColumn {
  const reference = preparedOf(sides.reference)
  const current = preparedOf(sides.current)
  const gaps = { reference: gapsOf(reference), current: gapsOf(current) }
  const rows = { reference: reference.rows, current: current.rows }
  const missing = {
    reference: shareOf(gaps.reference, rows.reference),
    current: shareOf(gaps.current, rows.current),
    pValue: missingTest(gaps, rows),
  }
  const column = { column: name, type, rows, missing }
  const samples = samplesOf(reference, current)
  const { method: wanted, ...limits } = settingsOfColumn({ name, type }, settings)
  // Nothing to compare is no drift of its own, unless a side has lost all its values.
  if (!samples) return { ...column, drifted: missing.pValue < limits.significance }
  const method = wanted ?? chooseDriftMethod({ ...samples, referenceRows: rows.reference })
  return {
    ...column,
    ...judgeMeasured(method, samples.measure(method), { ...limits, chance: samples.chance }),
    ...(settings.also && { also: furtherMeasures(samples, settings.also) }),
    ...(samples.unseen !== null && { unseen: samples.unseen }),
    ...(namesRows(type, { reference, current }) && { namesRows: true as const }),
    distribution: pictureOf(samples.shares()),
  }
}

const preparedOf = (side: ColumnSide): PreparedColumn => ('rows' in side ? side : prepareColumn(side))

const gapsOf = (side: PreparedColumn): number => ('sketch' in side ? side.sketch.nulls : side.gaps)

function samplesOf(reference: PreparedColumn, current: PreparedColumn): ComparedSamples | null {
  if ('sketch' in reference || 'sketch' in current) {
    const samples = sketchedSamples(reference, current)
    if (!samples) return null
    return {
      ...samples,
      chance: () => samples.measure(samples.isText ? 'chi-square' : 'kolmogorov-smirnov').pValue!,
      shares() {
        const shares = samples.shares(picture)
        return { ...shares.bins, ...estimateOf(shares) }
      },
    }
  }
  const samples = columnSamples(reference, current)
  if (!samples) return null
  const isText = samples.numbers === null
  return {
    isText,
    distinct: samples.distinct,
    measure: (method) => measureSamples(samples, method),
    chance: () => chanceOfDifference(samples),
    shares() {
      const counted = samples.counts(picture)
      return { ...counted, ...sharesOf(counted) }
    },
    unseen: isText ? unseenShare(sharesOf(samples.counts(picture))) : null,
  }
}

/** Those of the methods that suit the column. */
function furtherMeasures(
  samples: ComparedSamples,
  methods: readonly DriftMethod[],
): NonNullable<ComparedColumn['also']> {
  return methods.flatMap((method) => {
    const suits =
      (!samples.isText || !(method === 'kolmogorov-smirnov' || method === 'wasserstein')) &&
      (method !== 'two-proportions' || samples.distinct <= 2)
    return suits ? [{ method, ...samples.measure(method) }] : []
  })
}

const shareOf = (count: number, of: number): number => (of === 0 ? 0 : count / of)

function missingTest(gaps: ComparedColumn['rows'], rows: ComparedColumn['rows']): number {
  if (rows.reference === 0 || rows.current === 0) return 1
  return twoProportionsTest(
    { hits: gaps.reference, rows: rows.reference },
    { hits: gaps.current, rows: rows.current },
  ).pValue
}

const unseenShare = ({ reference, current }: Shares): number =>
  totalOf(current.filter((_, value) => reference[value] === 0))

function pictureOf(shares: Shares & Bins): NonNullable<ComparedColumn['distribution']> {
  const { reference, current } = shares
  if ('edges' in shares) return { edges: [...shares.edges], reference: [...reference], current: [...current] }
  const order = Array.from(shares.values.keys()).toSorted(
    (a, b) => reference[b]! + current[b]! - reference[a]! - current[a]!,
  )
  const shown = order.slice(0, picture.count)
  const withRest = (all: readonly number[]): number[] => {
    const own = shown.map((value) => all[value]!)
    return all.length > shown.length ? [...own, Math.max(0, 1 - totalOf(own))] : own
  }
  return {
    values: shown.map((value) => shares.values[value]!),
    reference: withRest(reference),
    current: withRest(current),
  }
}
