import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountText, metricTitle, shareText } from '../../../renderer/results/format-amounts.ts'
import { cellText } from '../../../renderer/results/data/cell-text.ts'
import { conditionsOfCell } from '../../../renderer/results/data/cell-menu.ts'
import { columnsInView, leftEdges } from '../../../renderer/results/data/column-widths.ts'
import {
  afterScroll,
  rowsInView,
  scrolledPx,
  scrollToRow,
  type ScrollState,
} from '../../../renderer/results/data/scroll-rows.ts'
import { isUnseen } from '../../../renderer/results/model/usual-values.ts'
import { layOutTree } from '../../../renderer/results/model/tree-layout.ts'
import { outcomeAtThreshold } from '../../../renderer/results/reports/threshold-outcome.ts'
import { compareSketches } from '../../../renderer/runs/sketch-difference.ts'
import { ticksOf } from '../../../renderer/runs/ticks.ts'
import type { TreeNode } from '../../../src/contract/model-details.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'

describe('scrolling through a table', () => {
  const long = { rows: 10_000_000, rowPx: 28, viewportPx: 400 }
  const top: ScrollState = { scrollTop: 0, rowsTop: 0 }

  it('keeps the scrolled element as short as browsers allow', () => {
    expect(scrolledPx({ ...long, rows: 100 })).toBe(2800)
    expect(scrolledPx(long)).toBe(8_000_000)
  })

  it('moves row by row with the wheel, however long the table is', () => {
    const once = afterScroll(long, top, 100)
    expect(once.rowsTop).toBe(100)
    expect(rowsInView(long, once)).toEqual({ from: 3, to: 18 })
  })

  it('reaches the last row when the bar is dragged to its end', () => {
    const end = afterScroll(long, top, 8_000_000 - 400)
    expect(rowsInView(long, end).to).toBe(10_000_000)
  })

  it('brings any row into view, and stays where a row is in view', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        (from, to) => {
          const before = scrollToRow(long, top, from)
          const after = scrollToRow(long, before, to)
          expect(after.rowsTop).toBeLessThanOrEqual(to * 28)
          expect(after.rowsTop + 400).toBeGreaterThanOrEqual(to * 28 + 28)
          expect(scrollToRow(long, after, to)).toBe(after)
        },
      ),
    )
  })

  it('draws only the columns in view, with one more on each side', () => {
    const lefts = leftEdges(Array.from({ length: 1000 }, () => 100))
    expect(columnsInView(lefts, 0, 450)).toEqual({ from: 0, to: 6 })
    expect(columnsInView(lefts, 5050, 450)).toEqual({ from: 49, to: 56 })
    expect(columnsInView(leftEdges([]), 0, 450)).toEqual({ from: 0, to: 0 })
  })
})

describe('a cell', () => {
  it('shows numbers as they are, times plainly, and nothing for what is missing', () => {
    expect(cellText(12345.678, 'number')).toBe('12345.678')
    expect(cellText('2024-01-31T13:45:00.000Z', 'datetime')).toBe('2024-01-31 13:45:00')
    expect(cellText('a\nb', 'text')).toBe('a ↵ b')
    expect(cellText(null, 'number')).toBeNull()
    expect(cellText([0, 1, null], 'vector')).toBe('[0, 1, –]')
  })

  it('suggests conditions', () => {
    const column = { name: 'age', type: 'number', role: 'feature', origin: 'start' } as const
    expect(conditionsOfCell(column, 3).map(({ condition }) => condition)).toEqual([
      'age = 3',
      'age <> 3',
      'age >= 3',
      'age <= 3',
    ])
    expect(conditionsOfCell(column, null).map(({ condition }) => condition)).toEqual([
      'age is null',
      'age is not null',
    ])
    expect(conditionsOfCell({ ...column, type: 'vector' }, [1])).toEqual([])
  })
})

describe('an amount', () => {
  it('keeps the digits that say something', () => {
    expect([0.848139, 7043, 1234.5678, 0.00001234, -2].map(amountText)).toEqual([
      '0.8481',
      '7,043',
      '1,234.6',
      '1.23e-5',
      '-2',
    ])
  })

  it('never tells little as nothing, nor nearly all as all', () => {
    expect([0, 0.0001, 0.123, 0.9999, 1].map(shareText)).toEqual([
      '0 %',
      '< 0.1 %',
      '12.3 %',
      '> 99.9 %',
      '100 %',
    ])
  })

  it('is named as people name it', () => {
    expect(['roc_auc', 'r2', 'balanced_accuracy', 'f1'].map(metricTitle)).toEqual([
      'ROC AUC',
      'R²',
      'Balanced accuracy',
      'F1',
    ])
  })
})

describe('another threshold', () => {
  // Scores 0.9 (yes), 0.7 (no), 0.6 (yes), 0.2 (no): the ROC points that scikit-learn gives.
  const roc = {
    falsePositiveRate: [0, 0, 0.5, 0.5, 1],
    truePositiveRate: [0, 0.5, 0.5, 1, 1],
    thresholds: [1.9, 0.9, 0.7, 0.6, 0.2],
  }
  const sizes = { positives: 2, negatives: 2 }

  it('answers positive from it on', () => {
    expect(outcomeAtThreshold(roc, sizes, 0.6)).toMatchObject({
      confusion: [
        [1, 1],
        [0, 2],
      ],
      precision: 2 / 3,
      recall: 1,
      f1: 0.8,
      accuracy: 0.75,
    })
  })

  it('has no precision where nothing is answered positive', () => {
    expect(outcomeAtThreshold(roc, sizes, 1)).toMatchObject({
      precision: null,
      recall: 0,
      f1: null,
      accuracy: 0.5,
    })
  })
})

describe('a tree', () => {
  const node = (part: Partial<TreeNode>): TreeNode => ({
    feature: null,
    threshold: null,
    isEqual: false,
    missing: 'yes',
    yes: null,
    no: null,
    value: null,
    score: 0,
    ...part,
  })
  const tree = [
    node({ feature: 'a', yes: 1, no: 2 }),
    node({ value: 1 }),
    node({ feature: 'b', yes: 3, no: 4 }),
    node({ value: 2 }),
    node({ value: 3 }),
  ]

  it('has its leaves side by side and each node over its branches', () => {
    const { nodes, width, height, isCut } = layOutTree(tree, 6)
    expect(nodes.map(({ index, x, y }) => [index, x, y])).toEqual([
      [0, 0.75, 0],
      [1, 0, 1],
      [2, 1.5, 1],
      [3, 1, 2],
      [4, 2, 2],
    ])
    expect({ width, height, isCut }).toEqual({ width: 3, height: 3, isCut: false })
  })

  it('is cut below some levels', () => {
    expect(layOutTree(tree, 2)).toMatchObject({ width: 2, height: 2, isCut: true })
  })
})

describe('values typed for a model', () => {
  const contract = (count: number): ColumnSketch => ({
    name: 'Contract',
    type: 'text',
    nulls: 0,
    distinct: { count, isExact: true },
    top: [
      { value: 'One year', count: 9 },
      { value: 'y'.repeat(100), count: 2 },
    ],
    topMissed: 0,
    lengths: null,
  })

  it('are unseen where training is known to have had none of them', () => {
    expect(isUnseen(contract(2), 'Two years')).toBe(true)
    expect(isUnseen(contract(2), 'One year')).toBe(false)
    expect(isUnseen(contract(2), 'y'.repeat(130))).toBe(false)
    expect(isUnseen(contract(2), '')).toBe(false)
    expect(isUnseen(undefined, 'Two years')).toBe(false)
  })

  it('are left alone where training had more than is known', () => {
    expect(isUnseen(contract(3), 'Two years')).toBe(false)
  })
})

describe('two runs', () => {
  const sketch = (mean: number, nulls: number): ColumnSketch => ({
    name: 'age',
    type: 'number',
    nulls,
    distinct: { count: 5, isExact: true },
    top: [],
    topMissed: 0,
    infinite: 0,
    numbers: {
      min: mean - 5,
      max: mean + 5,
      mean,
      sd: 1,
      quantiles: Array.from({ length: 15 }, () => mean),
      histogram: { edges: [0, 1], counts: [1] },
      isExact: true,
    },
  })

  it('differ in the columns whose sketches differ, by how far their quantiles moved', () => {
    const before = { rows: 10, columns: [sketch(10, 0), { ...sketch(1, 0), name: 'same' }] }
    const after = { rows: 10, columns: [sketch(12, 1), { ...sketch(1, 0), name: 'same' }] }
    expect(compareSketches(before, after)).toEqual([
      expect.objectContaining({ name: 'age', missing: { before: 0, after: 0.1 }, shift: 0.2 }),
    ])
  })

  it('have round moments on their time axis', () => {
    expect(ticksOf(3000)).toEqual([0, 1000, 2000, 3000])
    expect(ticksOf(0)).toEqual([0])
  })
})
