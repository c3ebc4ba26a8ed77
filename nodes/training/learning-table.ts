import type { TableData } from '../../src/core/artifacts.ts'
import type { Column } from '../../src/core/columns.ts'
import { balanceClasses } from '../../src/learn/class-weights.ts'
import {
  learningParts,
  type LearningPart,
  type LearningTable,
  type LearningTarget,
  type NumbersByPart,
} from '../../src/learn/learner.ts'
import { readClassTarget, readNumberTarget, type TargetSource } from '../../src/learn/targets.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { featuresOf } from '../../src/recipe/features-of.ts'
import { readColumns } from '../../src/recipe/read-columns.ts'
import { readMatrix } from '../../src/recipe/read-matrix.ts'
import { readCompressedRows } from './read-compressed-rows.ts'

/** So many features come from texts and categories, whose codes are nearly all 0. */
const wideFeatures = 2000

type RowsByPart = Readonly<Record<LearningPart, number>>

/** A table as a learner sees it: train rows are fitted, validation rows choose; unsplit, every row is a train row. */
export async function learningTable(
  context: RunContext,
  table: TableData,
  options: { task: 'classification' | 'regression'; classWeight: 'none' | 'balanced' },
): Promise<LearningTable> {
  const rows = rowsByPart(table)
  const target = await readTarget(context, table, options.task)
  const weights = await readWeights(context, table, rows)
  const balanced =
    options.classWeight === 'balanced' && target.task !== 'regression'
      ? balanceClasses(target, weights)
      : weights
  const features = featuresOf(table).names
  return {
    features,
    rows,
    chunks: (part) => (rows[part] === 0 ? nothing() : readMatrix(context, table, { rows: part })),
    ...(features.length >= wideFeatures && {
      compressed: (part: LearningPart) =>
        rows[part] === 0 ? nothing() : readCompressedRows(context, table, { rows: part }),
    }),
    target,
    ...(balanced && { weights: balanced }),
  }
}

/** Whether the target is to be told apart or to be estimated; whole numbers of two values are classes. */
export async function targetKind(
  context: RunContext,
  table: TableData,
): Promise<'classification' | 'regression'> {
  const target = targetColumn(table)
  if (target.type === 'text' || target.type === 'boolean') return 'classification'
  if (target.type !== 'integer') return 'regression'
  const values = new Set<number>()
  for await (const chunk of partColumn(context, table, { column: target.name, part: 'train' })) {
    for (const value of chunk) if (!Number.isNaN(value)) values.add(value as number)
    if (values.size > 2) return 'regression'
  }
  return 'classification'
}

export function targetColumn(table: TableData): Column {
  return table.columns.find(({ role }) => role === 'target')!
}

function rowsByPart({ split, rows }: TableData): RowsByPart {
  return split
    ? { train: split.counts.train, validation: split.counts.validation }
    : { train: rows.count, validation: 0 }
}

function readTarget(
  context: RunContext,
  table: TableData,
  task: 'classification' | 'regression',
): Promise<LearningTarget> {
  const { name, type } = targetColumn(table)
  const source: TargetSource = {
    column: name,
    type,
    rows: rowsByPart(table),
    chunks: (part) => partColumn(context, table, { column: name, part }),
  }
  return task === 'regression' ? readNumberTarget(source) : readClassTarget(source)
}

async function readWeights(
  context: RunContext,
  table: TableData,
  rows: RowsByPart,
): Promise<NumbersByPart | undefined> {
  const weight = table.columns.find(({ role }) => role === 'weight')
  if (!weight) return undefined
  const weights = { train: new Float64Array(rows.train), validation: new Float64Array(rows.validation) }
  for (const part of learningParts) {
    let row = 0
    for await (const chunk of partColumn(context, table, { column: weight.name, part })) {
      weights[part].set(chunk as Float64Array, row)
      row += chunk.length
    }
  }
  return weights
}

async function* partColumn(
  context: RunContext,
  table: TableData,
  { column, part }: { column: string; part: LearningPart },
): AsyncIterable<Float64Array | readonly string[]> {
  if (rowsByPart(table)[part] === 0) return
  for await (const chunk of readColumns(context, table, { columns: [column], rows: part })) {
    yield chunk.columns[column]!
  }
}

async function* nothing(): AsyncIterable<never> {
  // No rows, no chunks.
}
