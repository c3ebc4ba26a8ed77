import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explanationSchema } from '../../../renderer/results/reports/report-contents.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { customers, customersSplit } from '../../../nodes/example-tables.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { impute } from '../../../nodes/features/impute/definition.ts'
import { run as imputeColumns } from '../../../nodes/features/impute/run.ts'
import { pca } from '../../../nodes/features/pca/definition.ts'
import { run as findComponents } from '../../../nodes/features/pca/run.ts'
import { explain } from '../../../nodes/training/explain/definition.ts'
import { run as explainModel } from '../../../nodes/training/explain/run.ts'
import { gradientBoostedTrees } from '../../../nodes/training/gradient-boosted-trees/definition.ts'
import { run as trainTrees } from '../../../nodes/training/gradient-boosted-trees/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import { neuralNetwork } from '../../../nodes/training/neural-network/definition.ts'
import { run as trainNetwork } from '../../../nodes/training/neural-network/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({})
})
afterAll(() => context.dispose())

async function preparedCustomers(): Promise<Artifact<'table'>> {
  const table = await exampleTable(context, { ...customers, split: customersSplit() })
  const imputed = await imputeColumns({ table }, impute.params.parse({}), context)
  return (await encodeColumns(imputed, encode.params.parse({}), context)).table
}

const kindOf = (size: number): string => (size < 15 ? 'small' : size < 30 ? 'middle' : 'large')
const sizes = Array.from({ length: 60 }, (_, row) => (row * 17) % 60)
const threeKinds = [
  'size,noise,kind',
  ...sizes.map((size, row) => `${size},${row % 7},${kindOf(size)}`),
  '',
].join('\n')
const split = sizes.map(() => 'train' as const)

interface Contributions {
  method: string
  scale: string
  mixed: string[][]
  count: number
  base: number
  columns: { column: string; meanAbsolute: number; values: unknown[]; contributions: number[] }[]
  rows: {
    class?: string
    base: number
    score: number
    contributions: { column: string; value: unknown; contribution: number; error?: number }[]
  }[]
  classes?: { class: string; base: number; columns: { column: string; meanAbsolute: number }[] }[]
}

async function explanationOf(model: Artifact<'model'>, table: Artifact<'table'>, changes: object = {}) {
  const shown = { rows: 'all', repeats: 1, points: 2, lines: 0, shownRows: 3, ...changes }
  const { report } = await explainModel({ model, table }, explain.params.parse(shown), context)
  // What the app draws.
  expect(explanationSchema.safeParse(report.data.content).error).toBeUndefined()
  return report.data.content as unknown as { answer: { class: string }; contributions: Contributions }
}

async function contributionsTo(model: Artifact<'model'>, table: Artifact<'table'>): Promise<Contributions> {
  return (await explanationOf(model, table)).contributions
}

function expectSums({ base, rows, columns, count }: Contributions, inputs: readonly string[]): void {
  expect(columns.map(({ column }) => column).toSorted()).toEqual(inputs.toSorted())
  expect(rows.map(({ score }) => score)).toEqual(rows.map(({ score }) => score).toSorted((a, b) => a - b))
  for (const { score, contributions } of rows)
    expect(contributions.reduce((sum, { contribution }) => sum + contribution, base)).toBeCloseTo(score, 9)
  for (const { contributions, meanAbsolute } of columns)
    expect(contributions.reduce((sum, value) => sum + Math.abs(value), 0) / count).toBeCloseTo(
      meanAbsolute,
      9,
    )
}

describe('contributions', () => {
  it('are told by column of the source, over rows and one by one', async () => {
    const table = await preparedCustomers()
    const params = gradientBoostedTrees.params.parse({ trees: 20, minimumRowsInLeaf: 3 })
    const { model } = await trainTrees({ table }, params, context)
    const found = await contributionsTo(model, table)
    expect(found).toMatchObject({ method: 'tree-shap', scale: 'log-odds', mixed: [] })
    expectSums(
      found,
      model.data.signature.inputs.map(({ name }) => name),
    )
  })

  it('are shared evenly by columns that the model sees mixed', async () => {
    const table = await findComponents(
      { table: await preparedCustomers() },
      pca.params.parse({ number: 'count', count: 2 }),
      context,
    )
    const { model } = await trainLogistic(table, logisticRegression.params.parse({}), context)
    const found = await contributionsTo(model, table.table)
    expect(found.method).toBe('linear-shap')
    expect(found.mixed).toHaveLength(1)
    const shares = found.mixed[0]!.map(
      (name) => found.columns.find(({ column }) => column === name)!.contributions[0],
    )
    expect(new Set(shares).size).toBe(1)
  })

  it('are sampled where a model cannot be taken apart', async () => {
    const table = await preparedCustomers()
    const { model } = await trainNetwork({ table }, neuralNetwork.params.parse({ epochs: 2 }), context)
    const found = await contributionsTo(model, table)
    expect(found).toMatchObject({ method: 'sampled-shapley', scale: 'probability' })
    expectSums(
      found,
      model.data.signature.inputs.map(({ name }) => name),
    )
    expect(found.rows[0]!.contributions.every(({ error }) => error! >= 0)).toBe(true)
  })

  it('are told of every one of several classes, and of a row those to its own answer', async () => {
    const table = await exampleTable(context, { csv: threeKinds, roles: { kind: 'target' }, split })
    const params = gradientBoostedTrees.params.parse({ trees: 5, minimumRowsInLeaf: 3 })
    const { model } = await trainTrees({ table }, params, context)
    const { answer, contributions } = await explanationOf(model, table)
    // A half of the rows is large, and a quarter each of the others.
    expect(answer).toEqual({ class: 'large' })
    expect(contributions.classes!.map((each) => each.class)).toEqual(['large', 'middle', 'small'])
    expect(contributions.classes![0]!.base).toBe(contributions.base)
    for (const { columns } of contributions.classes!) expect(columns[0]!.column).toBe('size')
    for (const { class: own, base, score, contributions: parts } of contributions.rows) {
      const size = parts.find(({ column }) => column === 'size')!.value as number
      expect(own).toBe(kindOf(size))
      expect(parts.reduce((sum, { contribution }) => sum + contribution, base)).toBeCloseTo(score, 9)
    }
    const chosen = await explanationOf(model, table, { class: 'small' })
    expect(chosen.answer).toEqual({ class: 'small' })
    expect(chosen.contributions.classes).toBeUndefined()
    expect(chosen.contributions.base).toBe(contributions.classes![2]!.base)
  })
})
