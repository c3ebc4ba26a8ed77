import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelData } from '../../../src/core/artifacts.ts'
import type { Column, ModelShape, TableShape } from '../../../src/core/columns.ts'
import { driftContentSchema } from '../../../src/core/drift-content.ts'
import { drift } from '../../../nodes/monitoring/drift/definition.ts'
import { run as findDrift } from '../../../nodes/monitoring/drift/run.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { sketchOf } from '../../../src/tables/sketch.ts'
import { writeModel } from '../../../nodes/training/write-model.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: drift.failures })
})
afterAll(() => context.dispose())

interface Found {
  column: string
  drifted: boolean
  method: string
  pValue?: number
  adjustedPValue?: number
  unseen?: number
  missing: { reference: number; current: number; pValue: number }
  distribution: { values?: unknown[]; edges?: number[]; reference: number[]; current: number[] }
}

async function compared(reference: ExampleTable, current: ExampleTable, given: Record<string, unknown> = {}) {
  const tables = {
    reference: await exampleTable(context, reference),
    current: await exampleTable(context, current),
  }
  const { report } = await findDrift({ ...tables, model: undefined }, drift.params.parse(given), context)
  const content = driftContentSchema.parse(report.data.content)
  const columns = content.columns as unknown as Found[]
  return {
    metrics: report.data.metrics,
    content,
    columns: new Map(columns.map((column) => [column.column, column])),
  }
}

/** `wide` numbers a row, each from its own distribution; the first one shifted. */
function table(rows: number, options: { wide: number; shift: number; seed: number }): ExampleTable {
  const random = createRandom(options.seed)
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
  const names = Array.from({ length: options.wide }, (_, column) => `n${column}`)
  const lines = Array.from({ length: rows }, () =>
    names.map((_, column) => (normal() + (column === 0 ? options.shift : 0)).toFixed(6)).join(','),
  )
  return { csv: [names.join(','), ...lines, ''].join('\n') }
}

/** What a model remembers of a table without a split. */
async function rememberedBy(example: ExampleTable) {
  const { data: table } = await exampleTable(context, example)
  const names = table.columns.map(({ name }) => name)
  const sketch = await sketchOf({
    columns: table.startColumns,
    chunks: readColumns(context, table, { columns: names, rows: 'all' }),
    detail: 'fine',
  })
  const data: ModelData = {
    task: 'regression',
    target: { name: 'target' },
    signature: { inputs: table.startColumns, outputs: [] },
    features: names,
    learner: { type: 'none', params: {} },
    trainedOn: '',
  }
  return writeModel(context, { data, bytes: new Uint8Array(1), sketch })
}

describe('the checks of drift', () => {
  const column = (name: string, type: Column['type']): Column => ({
    name,
    type,
    role: 'feature',
    origin: 'start',
  })
  const table: TableShape = {
    kind: 'table',
    columns: [column('plan', 'text'), column('price', 'number')],
    split: null,
    known: true,
  }
  const model: ModelShape = { kind: 'model', task: 'binary', target: 'churn' }
  const codesOf = (
    sides: { reference?: TableShape; model?: ModelShape },
    given: Record<string, unknown> = {},
  ) =>
    drift
      .propagate({
        inputs: { reference: undefined, model: undefined, ...sides, current: table },
        params: drift.params.parse(given),
        node: 'drift',
        feeds: {},
        freeNodeId: (wish) => wish,
        probed: null,
      })
      .findings!.map(({ code, param }) => [code, param])

  it('want one reference: a table, a model, or a registered one', () => {
    expect(codesOf({})).toEqual([['no-reference', 'model']])
    expect(codesOf({ reference: table, model })).toEqual([['two-references', undefined]])
    for (const found of [codesOf({ reference: table }), codesOf({ model }), codesOf({}, { model: 'churn' })])
      expect(found).toEqual([])
  })

  it('point at rules of columns that are not there or that a method does not suit', () => {
    const overrides = [
      { column: 'price', method: 'wasserstein' },
      { column: 'plan', method: 'wasserstein' },
    ]
    expect(codesOf({ reference: table }, { overrides })).toEqual([['wrong-method', 'overrides.1.method']])
    expect(codesOf({ reference: table }, { overrides: [{ column: 'plans', method: 'auto' }] })).toEqual([
      [expect.any(String), 'overrides.0.column'],
    ])
  })

  it('say that a model has no rows to be told apart', () => {
    expect(codesOf({ model }, { together: true })).toEqual([['no-rows', 'together']])
  })
})

describe('drift from a model', () => {
  it('is found against its training rows, within bounds around what the rows themselves tell', async () => {
    const reference = table(3000, { wide: 3, shift: 0, seed: 1 })
    const current = table(1500, { wide: 3, shift: 0.5, seed: 2 })
    const exact = await compared(reference, current)
    const model = await rememberedBy(reference)
    const sides = { reference: undefined, current: await exampleTable(context, current) }
    const { report } = await findDrift({ ...sides, model }, drift.params.parse({}), context)
    await context.models.register({ model: 'shapes', artifact: model, aliases: [] })
    const params = drift.params.parse({ model: 'shapes' })
    const named = await findDrift({ ...sides, model: undefined }, params, context)
    expect(named.report.hash).toBe(report.hash)
    const { columns } = driftContentSchema.parse(report.data.content)
    expect(columns.map(({ column, drifted }) => [column, drifted])).toEqual([
      ['n0', true],
      ['n1', false],
      ['n2', false],
    ])
    for (const { column, method, bounds } of columns) {
      const { score } = exact.content.columns.find((each) => each.column === column)!
      expect(method).toBe('wasserstein')
      expect(score).toBeGreaterThanOrEqual(bounds!.low - 1e-9)
      expect(score).toBeLessThanOrEqual(bounds!.high + 1e-9)
    }
  })
})

describe('drift between two tables', () => {
  it('names the single columns that have drifted though the table has not, and those that name rows', async () => {
    const lines = (rows: number, from: number, price: number) =>
      Array.from(
        { length: rows },
        (_, row) => `order ${from + row},${price + (row % 40)},${row % 7},${row % 5}`,
      )
    const csv = (rows: number, from: number, price: number) => ({
      csv: ['order,price,size,kind', ...lines(rows, from, price), ''].join('\n'),
    })
    const { content } = await compared(csv(200, 0, 10), csv(180, 500, 30), {
      share: 1,
      also: ['total-variation'],
    })
    expect(content.verdict).toBe(
      '1 of 4 columns has drifted: “price”. The table as a whole has not: that takes 4.',
    )
    expect(content.notes).toEqual([expect.stringMatching(/“order” has another value in nearly every row/)])
    expect(content.columns[0]!.also).toEqual([{ method: 'total-variation', score: expect.any(Number) }])
    expect(context.logs.at(-1)).toMatchObject({ level: 'info', values: { count: 1, total: 4 } })
  })

  it('judges single columns by methods and limits of their own', async () => {
    const reference = table(400, { wide: 3, shift: 0, seed: 1 })
    const current = table(400, { wide: 3, shift: 0.5, seed: 2 })
    const { columns } = await compared(reference, current, {
      overrides: [
        { column: 'n0', method: 'wasserstein', limit: 0.9 },
        { column: 'n1', limit: 0.999_999 },
      ],
    })
    expect(columns.get('n0')).toMatchObject({ method: 'wasserstein', drifted: false, threshold: 0.9 })
    expect(columns.get('n1')).toMatchObject({ method: 'kolmogorov-smirnov', drifted: true })
    expect(columns.get('n2')).toMatchObject({ threshold: 0.05 })
  })

  it('lets trees tell both apart, by all columns together', async () => {
    const reference = table(400, { wide: 3, shift: 0, seed: 1 })
    const current = table(400, { wide: 3, shift: 2, seed: 2 })
    const { content, metrics } = await compared(reference, current, { together: true })
    expect(content.classifier!.low).toBeGreaterThan(0.8)
    expect(content.classifier!.columns[0]!.column).toBe('n0')
    expect(metrics['drift_auc']).toBe(content.classifier!.auc)
  })

  it('is found in the column that has shifted by half a standard deviation, and in no other', async () => {
    const reference = table(1000, { wide: 10, shift: 0, seed: 1 })
    const current = table(1000, { wide: 10, shift: 0.5, seed: 2 })
    const { metrics, columns } = await compared(reference, current, { adjust: true })
    expect(metrics).toEqual({ dataset_drift: 0, drifted_columns: 1, watched_columns: 10, drifted_share: 0.1 })
    expect([...columns.keys()][0]).toBe('n0')
    expect(columns.get('n0')).toMatchObject({ drifted: true, method: 'kolmogorov-smirnov' })
    expect(columns.get('n1')!.adjustedPValue).toBeGreaterThanOrEqual(columns.get('n1')!.pValue!)
  })

  it('sees new categories, and counts what is missing apart', async () => {
    const csv = (values: readonly string[]) => ({
      csv: `kind,one\n${values.map((value) => `${value},1`).join('\n')}\n`,
    })
    const reference = csv(Array.from({ length: 60 }, (_, row) => ['a', 'b', 'c'][row % 3]!))
    const current = csv(Array.from({ length: 60 }, (_, row) => ['a', 'b', '', 'd'][row % 4]!))
    const { columns } = await compared(reference, current, { columns: ['kind'] })
    const found = columns.get('kind')!
    expect(found).toMatchObject({
      drifted: true,
      method: 'chi-square',
      missing: { reference: 0, current: 0.25 },
    })
    expect(found.unseen).toBeCloseTo(1 / 3, 12)
    expect(found.missing.pValue).toBeLessThan(0.001)
    expect(found.distribution.values).toHaveLength(4)
  })

  it('looks at the rows that are asked for, and leaves ids alone', async () => {
    const reference: ExampleTable = {
      csv: `id,size\n${Array.from({ length: 40 }, (_, row) => `${row},${row % 20}`).join('\n')}\n`,
      roles: { id: 'id' },
      split: Array.from({ length: 40 }, (_, row) => (row < 20 ? 'train' : 'test')),
    }
    const { columns } = await compared(reference, reference, { referenceRows: 'train', currentRows: 'test' })
    expect([...columns.keys()]).toEqual(['size'])
    expect(columns.get('size')).toMatchObject({
      drifted: false,
      pValue: 1,
      rows: { reference: 20, current: 20 },
    })
  })

  it('takes a column that has lost its values for drifted', async () => {
    const full = { csv: 'size,other\na,1\nb,1\nc,2\nd,2\ne,3\nf,4\n' }
    const empty = { csv: 'size,other\n,1\n,1\n,2\n,2\n,3\n,4\n' }
    const { columns } = await compared(full, empty)
    expect(columns.get('size')).toMatchObject({ drifted: true, missing: { reference: 0, current: 1 } })
  })
})
