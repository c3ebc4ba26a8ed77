import type { Column, ColumnType } from '../../../src/core/columns.ts'

export const chartKinds = ['histogram', 'bar', 'scatter', 'line', 'box'] as const
export type ChartKind = (typeof chartKinds)[number]

export const chartTitles: Readonly<Record<ChartKind, string>> = {
  histogram: 'Histogram',
  bar: 'Bars',
  scatter: 'Scatter',
  line: 'Line',
  box: 'Box plot',
}

/** What a chart is asked for. Without `y` a bar counts rows. */
export interface ChartChoice {
  kind: ChartKind
  x: string
  y: string | null
  /** Rows of the same value have the same colour. */
  colour: string | null
}

const isMeasured = (type: ColumnType): boolean =>
  type === 'number' || type === 'integer' || type === 'date' || type === 'datetime'

export const isQuantity = ({ type }: Pick<Column, 'type'>): boolean => isMeasured(type)
export const isCategory = ({ type }: Pick<Column, 'type'>): boolean => type === 'text' || type === 'boolean'
export const isTime = ({ type }: Pick<Column, 'type'>): boolean => type === 'date' || type === 'datetime'

/** Which columns an axis of a chart may show. */
export function columnsForAxis(
  kind: ChartKind,
  axis: 'x' | 'y' | 'colour',
  columns: readonly Column[],
): readonly Column[] {
  const plain = columns.filter(({ type }) => type !== 'vector')
  if (axis === 'colour') return kind === 'box' ? [] : plain.filter(isCategory)
  switch (kind) {
    case 'histogram':
      return axis === 'x' ? plain.filter(isQuantity) : []
    case 'bar':
      return axis === 'x' ? plain : plain.filter(isQuantity).filter((column) => !isTime(column))
    case 'scatter':
    case 'line':
      return plain.filter(isQuantity)
    case 'box':
      return axis === 'x' ? plain.filter((column) => !isTime(column)) : plain.filter(isQuantity)
  }
}

export const needsY = (kind: ChartKind): boolean => kind === 'scatter' || kind === 'line' || kind === 'box'

/** A chart that says something about a table, before anybody chose one. */
export function firstChart(columns: readonly Column[]): ChartChoice | null {
  const told = columns.filter(({ role }) => role === 'feature' || role === 'target')
  const quantity = told.find(({ type }) => type === 'number') ?? told.find(isQuantity)
  const target = told.find(({ role }) => role === 'target')
  const colour = target && isCategory(target) ? target.name : null
  if (quantity) return { kind: 'histogram', x: quantity.name, y: null, colour }
  const category = columns.find(isCategory)
  return category ? { kind: 'bar', x: category.name, y: null, colour: null } : null
}

/** The same choice for another kind of chart, as far as its columns fit there. */
export function withKind(choice: ChartChoice, kind: ChartKind, columns: readonly Column[]): ChartChoice {
  const fitting = (axis: 'x' | 'y' | 'colour', name: string | null): string | null => {
    const offered = columnsForAxis(kind, axis, columns)
    return offered.some((column) => column.name === name) ? name : null
  }
  const x = fitting('x', choice.x) ?? columnsForAxis(kind, 'x', columns)[0]?.name ?? choice.x
  const other = columnsForAxis(kind, 'y', columns).find(({ name }) => name !== x)
  const y = fitting('y', choice.y) ?? (needsY(kind) ? (other?.name ?? null) : null)
  return { kind, x, y, colour: fitting('colour', choice.colour) }
}
