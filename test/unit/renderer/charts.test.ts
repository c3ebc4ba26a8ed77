import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TablePoints } from '../../../src/contract/tables-contract.ts'
import type { Column, ColumnType } from '../../../src/core/columns.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { evaluateExpression } from '../../../src/core/expression/evaluate-expression.ts'
import { binOf, quantileOf, roundBins } from '../../../renderer/results/charts/bin-numbers.ts'
import { firstChart, withKind, type ChartChoice } from '../../../renderer/results/charts/chart-kinds.ts'
import { conditionOf, type ChartSelection } from '../../../renderer/results/charts/chart-selection.ts'
import { boxOf } from '../../../renderer/results/charts/draw-boxes.ts'
import { drawChart } from '../../../renderer/results/charts/draw-chart.ts'
import type { ChartTheme } from '../../../renderer/results/charts/drawn-chart.ts'
import { csvOf } from '../../../renderer/results/charts/chart-csv.ts'

const column = (name: string, type: ColumnType, role: Column['role'] = 'feature'): Column => ({
  name,
  type,
  role,
  origin: 'start',
})
const age = column('age', 'number')
const town = column('home town', 'text')
const day = column('day', 'date')
const left = column('left', 'boolean', 'target')
const columns = [age, town, day, left]

const theme: ChartTheme = {
  series: ['#000'],
  text: '#000',
  muted: '#000',
  line: '#000',
  surface: '#fff',
  accent: '#000',
  bad: '#c00',
  font: 'sans-serif',
}

const points: TablePoints = {
  columns,
  values: [
    [20, 30, 41, null, 30],
    ['Jena', 'Ulm', 'Jena', null, 'Jena'],
    ['2024-01-01', '2024-01-02', null, '2024-03-01', '2024-01-02'],
    [true, false, true, false, null],
  ],
  indexes: [0, 1, 2, 3, 4],
  matching: 5,
}

const draw = (choice: Partial<ChartChoice> & Pick<ChartChoice, 'kind' | 'x'>) =>
  drawChart({ y: null, colour: null, ...choice }, points, theme)!

/** Which rows of a small table a condition is true for. */
function rowsWhere(
  condition: string,
  rows: readonly Record<string, number | string | boolean | null>[],
): number[] {
  const checked = checkExpression(condition, columns)
  if ('problem' in checked) throw new Error(checked.problem.message)
  return rows.flatMap((row, index) => (evaluateExpression(checked.expression, row) === true ? [index] : []))
}

describe('a selection in a chart', () => {
  it('of a range becomes a condition that is true inside of it alone', () => {
    const selection: ChartSelection = [{ kind: 'range', column: age, from: 30, to: 41, includesTo: false }]
    expect(conditionOf(selection)).toBe('age >= 30 and age < 41')
    expect(
      rowsWhere(conditionOf(selection), [{ age: 29.9 }, { age: 30 }, { age: 41 }, { age: null }]),
    ).toEqual([1])
  })

  it('of values tells texts with quotes, and what is missing', () => {
    const selection: ChartSelection = [
      { kind: 'values', column: town, values: ["L'Aquila", null] },
      { kind: 'values', column: left, values: [true] },
    ]
    expect(conditionOf(selection)).toBe(`("home town" = 'L''Aquila' or "home town" is null) and left = true`)
    const rows = [
      { 'home town': "L'Aquila", left: true },
      { 'home town': null, left: true },
      { 'home town': 'Ulm', left: true },
      { 'home town': null, left: false },
    ]
    expect(rowsWhere(conditionOf(selection), rows)).toEqual([0, 1])
  })

  it('of days is written as dates', () => {
    const [from, to] = [Date.UTC(2024, 0, 2), Date.UTC(2024, 1, 1)]
    expect(conditionOf([{ kind: 'range', column: day, from, to, includesTo: true }])).toBe(
      "day >= date('2024-01-02') and day <= date('2024-02-01')",
    )
  })

  it('of any texts finds these very texts', () => {
    const text = fc.string({ minLength: 1 }).filter((value) => !value.includes('\0') && value.isWellFormed())
    fc.assert(
      fc.property(text, text, (wanted, other) => {
        const condition = conditionOf([{ kind: 'values', column: town, values: [wanted] }])
        const rows = [{ 'home town': wanted }, { 'home town': other }]
        expect(rowsWhere(condition, rows)).toEqual(wanted === other ? [0, 1] : [0])
      }),
    )
  })
})

describe('a chart', () => {
  it('counts every row with a value in one interval of a histogram', () => {
    const { table } = draw({ kind: 'histogram', x: 'age' })
    const counts = table.rows.map(([, , rows]) => Number(rows))
    expect(counts.reduce((sum, rows) => sum + rows, 0)).toBe(4)
    expect(table.rows.filter(([, , rows]) => rows === 2)).toEqual([[30, 31, 2]])
  })

  it('counts rows by value, and what is missing too', () => {
    expect(draw({ kind: 'bar', x: 'home town' }).table.rows).toEqual([
      ['Jena', 3],
      ['Ulm', 1],
      ['(missing)', 1],
    ])
  })

  it('tells means by value', () => {
    expect(draw({ kind: 'bar', x: 'home town', y: 'age' }).table.rows).toEqual([
      ['Jena', (20 + 41 + 30) / 3],
      ['Ulm', 30],
      ['(missing)', null],
    ])
  })

  it('draws a mark for each row that has both values', () => {
    const { table, select } = draw({ kind: 'scatter', x: 'day', y: 'age' })
    expect(table.rows).toEqual([
      ['2024-01-01T00:00:00.000Z', 20],
      ['2024-01-02T00:00:00.000Z', 30],
      ['2024-01-02T00:00:00.000Z', 30],
    ])
    expect(select({ x: [0, 1], y: null })).toBeNull()
  })

  it('draws means along a line in order', () => {
    expect(draw({ kind: 'line', x: 'age', y: 'age' }).table.rows).toEqual([
      [20, 20],
      [30, 30],
      [41, 41],
    ])
  })

  it('selects the bars that were marked', () => {
    expect(draw({ kind: 'bar', x: 'home town' }).select({ x: [1, 2], y: null })).toEqual([
      { kind: 'values', column: town, values: ['Ulm', null] },
    ])
  })

  it('has nothing to draw of a column that is gone, or has no values', () => {
    expect(drawChart({ kind: 'histogram', x: 'gone', y: null, colour: null }, points, theme)).toBeNull()
    const empty = { ...points, values: points.values.map(() => [null]) }
    expect(drawChart({ kind: 'histogram', x: 'age', y: null, colour: null }, empty, theme)).toBeNull()
  })

  it('starts with a feature, told apart by a target of classes, and keeps what fits another kind', () => {
    const first = firstChart(columns)!
    expect(first).toEqual({ kind: 'histogram', x: 'age', y: null, colour: 'left' })
    expect(withKind(first, 'scatter', columns)).toEqual({
      kind: 'scatter',
      x: 'age',
      y: 'day',
      colour: 'left',
    })
    expect(withKind(first, 'box', columns)).toEqual({ kind: 'box', x: 'age', y: 'day', colour: null })
  })

  it('is saved as numbers that no spreadsheet runs', () => {
    expect(
      csvOf({
        header: ['a', 'b,"c"'],
        rows: [
          ['=1+1', -2],
          [null, 'x'],
        ],
      }),
    ).toBe('a,"b,""c"""\r\n\'=1+1,-2\r\n,x\r\n')
  })
})

describe('intervals of a histogram', () => {
  it('hold all values, have round ends and are not too many', () => {
    const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(numbers, (values) => {
        const bins = roundBins(Float64Array.from(values), { most: 40, areWhole: false })!
        const slack = bins.width * 1e-6
        for (const value of values) {
          const from = bins.start + binOf(value, bins) * bins.width
          expect(value).toBeGreaterThanOrEqual(from - slack)
          expect(value).toBeLessThanOrEqual(from + bins.width + slack)
        }
        expect(bins.count).toBeLessThanOrEqual(42)
      }),
    )
  })

  it('stand around whole numbers', () => {
    expect(roundBins(Float64Array.of(0, 1, 1), { most: 40, areWhole: true })).toEqual({
      start: -0.5,
      width: 1,
      count: 2,
    })
  })
})

describe('a box', () => {
  // matplotlib.cbook.boxplot_stats([1, 2, 3, 4, 5, 20])
  it('has the quartiles and whiskers of Tukey', () => {
    const box = boxOf(Float64Array.of(1, 2, 3, 4, 5, 20))!
    expect(box).toEqual({ five: [1, 2.25, 3.5, 4.75, 5], outliers: [20], rows: 6 })
  })

  it('takes quantiles between order statistics', () => {
    expect(quantileOf(Float64Array.of(1, 2, 3, 4), 0.5)).toBe(2.5)
  })
})
