import type { ColumnType } from '../../core/columns.ts'
import type { Segment } from '../../core/monitor.ts'
import type { ColumnValues } from '../../stats/prepared-column.ts'
import type { RowView } from './row-view.ts'
import { isGap } from './row-view.ts'

/** Numbers with more values than these are put into four bands of equally many training rows. */
const mostNumbers = 10
const mostSegments = 10
/** A segment with fewer rows in a window says little. */
const fewestRows = 30

interface Sides {
  trained: RowView
}

/** The values of a column that have enough rows in a window to be measured by themselves, the most frequent first. */
export function segmentsIn(view: RowView, column: string, reference: Sides | null): Segment[] {
  const own = view.columns.get(column)
  const name = own && namerOf(own, reference?.trained.columns.get(column)?.values ?? own.values)
  if (!own || !name) return []
  const counts = new Map<string, number>()
  for (const value of own.values) {
    const named = name(value)
    if (named !== null) counts.set(named, (counts.get(named) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, rows]) => rows >= fewestRows)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostSegments)
    .map(([value]) => ({ column, value }))
}

/** The places of the rows of a segment; bands are those of the training rows. */
export function placesIn(view: RowView, segment: Segment, reference: Sides | null): number[] {
  const own = view.columns.get(segment.column)
  const name = own && namerOf(own, reference?.trained.columns.get(segment.column)?.values ?? own.values)
  if (!own || !name) return []
  const places: number[] = []
  for (const [place, value] of own.values.entries()) if (name(value) === segment.value) places.push(place)
  return places
}

type Namer = (value: number | string) => string | null

function namerOf({ type }: { type: ColumnType }, trained: ColumnValues): Namer | null {
  if (type === 'boolean') return (value) => (isGap(value) ? null : String(value === 1))
  if (!(trained instanceof Float64Array)) return (value) => (isGap(value) ? null : String(value))
  if (type === 'date' || type === 'datetime') return null
  const distinct = new Set<number>()
  for (const value of trained) if (Number.isFinite(value)) distinct.add(value)
  return distinct.size > mostNumbers ? bandNamer(trained) : (value) => (isGap(value) ? null : String(value))
}

function bandNamer(trained: Float64Array): Namer {
  const sorted = trained.filter(Number.isFinite).sort()
  const edges = [
    ...new Set([0.25, 0.5, 0.75].map((share) => shown(sorted[Math.floor(share * sorted.length)]!))),
  ]
  const names = [
    `< ${edges[0]}`,
    ...edges.slice(1).map((edge, at) => `${edges[at]} – ${edge}`),
    `≥ ${edges.at(-1)}`,
  ]
  return (value) =>
    typeof value === 'string' || Number.isNaN(value)
      ? null
      : names[edges.filter((edge) => edge <= value).length]!
}

const shown = (value: number): number => Number(value.toPrecision(4))
