import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { impute } from '../../../nodes/features/impute/definition.ts'
import { run as imputeColumns } from '../../../nodes/features/impute/run.ts'
import { scale } from '../../../nodes/features/scale/definition.ts'
import { run as scaleColumns } from '../../../nodes/features/scale/run.ts'
import { crossValidate } from '../../../nodes/training/cross-validate/definition.ts'
import { run as validate } from '../../../nodes/training/cross-validate/run.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

type Metrics = Record<string, number>
interface Expected {
  folds: Metrics[]
  outOfFold: Metrics
}
const fixture = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/cross-validation.json'), 'utf8'),
) as { csv: string; byGroup: Expected; byOrder: Expected }

interface Content {
  folds: { rows: Metrics; metrics: Record<string, { value: number }> }[]
  summary: Record<string, { mean: number; sd: number }>
  outOfFold: {
    rows: number
    metrics: Record<string, { value: number }>
    confusion?: number[][]
    classes?: string[]
  }
}

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

async function report(table: Artifact<'table'>, params: Record<string, unknown>) {
  const { report } = await validate({ table }, crossValidate.params.parse(params), context)
  return { ...report.data, hash: report.hash, content: report.data.content as unknown as Content }
}

/** Shops, imputed and scaled on all rows: what every fold has to learn anew. */
async function preparedShops(roles: Record<string, string>): Promise<Artifact<'table'>> {
  const table = await exampleTable(context, { csv: fixture.csv, roles })
  const imputed = await imputeColumns({ table }, impute.params.parse({}), context)
  return (await scaleColumns({ table: imputed.table }, scale.params.parse({}), context)).table
}

const picked = (metrics: Content['outOfFold']['metrics'], names: readonly string[]) =>
  names.map((name) => metrics[name]!.value)

function farthest({ content }: { content: Content }, { folds, outOfFold }: Expected): number {
  const names = Object.keys(outOfFold)
  const found = [...content.folds, content.outOfFold].flatMap(({ metrics }) => picked(metrics, names))
  const wanted = [...folds, outOfFold].flatMap((metrics) => names.map((name) => metrics[name]!))
  return Math.max(...wanted.map((value, index) => Math.abs(value - found[index]!)))
}

describe('cross-validation', () => {
  it('refits the whole recipe in every fold of whole groups, as scikit-learn', async () => {
    const table = await preparedShops({ sales: 'target', shop: 'ignore', open: 'ignore' })
    const found = await report(table, {
      learner: { type: 'training.linear-regression', penalty: 'l2', strength: 5 },
      method: 'group',
      by: 'shop',
      folds: 3,
    })
    expect(farthest(found, fixture.byGroup)).toBeLessThan(1e-6)
    expect(found.content.folds.map(({ rows }) => rows)).toEqual(
      [25, 20, 15].map((heldOut) => ({ train: 60 - heldOut, validation: 0, heldOut })),
    )
    const values = fixture.byGroup.folds.map(({ r2 }) => r2!)
    const mean = values.reduce((sum, value) => sum + value, 0) / 3
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2)
    expect(found.metrics['r2']).toBeCloseTo(mean, 6)
    expect(found.metrics['r2_sd']).toBeCloseTo(sd, 6)
  })

  it('trains on what comes before only, in order, as scikit-learn', async () => {
    const table = await preparedShops({ open: 'target', shop: 'ignore', sales: 'ignore' })
    const found = await report(table, {
      learner: { type: 'training.logistic-regression', tolerance: 1e-10 },
      method: 'order',
      folds: 3,
    })
    expect(farthest(found, fixture.byOrder)).toBeLessThan(1e-5)
    expect(found.content.folds.map(({ rows }) => rows)).toEqual(
      [15, 30, 45].map((train) => ({ train, validation: 0, heldOut: 15 })),
    )
  })

  it('never looks at the test rows', async () => {
    const learner = { type: 'training.logistic-regression' }
    const clean = await report(await exampleTable(context, splitNumbers), { learner })
    const lines = splitNumbers.csv.split('\n')
    const spoilt = lines.map((line, index) =>
      index > 0 && splitNumbers.split![index - 1] === 'test' ? '-999999,1e30,perhaps' : line,
    )
    const table: ExampleTable = { ...splitNumbers, csv: spoilt.join('\n') }
    const found = await report(await exampleTable(context, table), { learner })
    expect(found.content.outOfFold).toEqual(clean.content.outOfFold)
    expect(found.content.outOfFold.rows).toBe(48)
    expect(found.hash).toBe(clean.hash)
  })

  it('sees through categories that were encoded by the target and say nothing', async () => {
    const random = createRandom(1, 'noise')
    const lines = Array.from({ length: 300 }, () => `c${random.below(60)},${random.below(2) ? 'yes' : 'no'}`)
    const csv = `code,leaves\n${lines.join('\n')}\n`
    const table = await exampleTable(context, { csv, roles: { leaves: 'target' } })
    const encoded = await encodeColumns({ table }, encode.params.parse({ method: 'target' }), context)
    const { content } = await report(encoded.table, { learner: { type: 'training.logistic-regression' } })
    // Encodings that had seen the rows held out would reach 0.7 and more.
    expect(content.outOfFold.metrics['roc_auc']!.value).toBeLessThan(0.6)
  })

  it('finds a baseline no better than chance, and says how sure it is', async () => {
    const table = await exampleTable(context, { ...splitNumbers })
    const { metrics, content } = await report(table, { learner: { type: 'training.baseline' }, folds: 4 })
    expect(metrics).toMatchObject({ roc_auc: 0.5, roc_auc_sd: 0 })
    expect(content.outOfFold.confusion).toHaveLength(2)
  })

  it('measures several classes', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, row) => `${row % 15},${(row * 7) % 5},${'abc'[Math.floor((row % 15) / 5)]}`,
    )
    const table = await exampleTable(context, {
      csv: `x,y,kind\n${lines.join('\n')}\n`,
      roles: { kind: 'target' },
    })
    const { metrics, content } = await report(table, { learner: { type: 'training.logistic-regression' } })
    expect(metrics['accuracy']).toBeGreaterThan(0.9)
    expect(content.outOfFold.classes).toEqual(['a', 'b', 'c'])
    expect(content.outOfFold.confusion!.flat().reduce((sum, count) => sum + count, 0)).toBe(60)
  })

  it('lets one fold stop the trees', async () => {
    const table = await exampleTable(context, { csv: splitNumbers.csv, roles: { churn: 'target' } })
    const learner = { type: 'training.gradient-boosted-trees', trees: 60, minimumRowsInLeaf: 2 }
    const { content } = await report(table, { learner, validates: true, method: 'random' })
    expect(content.folds.map(({ rows }) => rows)).toEqual(
      Array.from({ length: 5 }, () => ({ train: 36, validation: 12, heldOut: 12 })),
    )
  })

  it('leaves nothing in the store but its report', async () => {
    const table = await exampleTable(context, splitNumbers)
    const before = (context.artifacts as { written?: readonly object[] }).written!.length
    await report(table, { learner: { type: 'training.baseline', classAnswer: 'most-frequent' }, folds: 2 })
    expect((context.artifacts as { written?: readonly object[] }).written).toHaveLength(before + 1)
  })
})
