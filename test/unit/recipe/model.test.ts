import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Artifact, ModelData, Signature, TableData } from '../../../src/core/artifacts.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { transformParams } from '../../../src/core/transforms/transform-step.ts'
import { GraphBuilder, type Value } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { tensor } from '../../../src/onnx/tensor.ts'
import { appendSteps } from '../../../src/recipe/append-step.ts'
import { buildModelGraph, type Answers } from '../../../src/recipe/build-model.ts'
import { featuresOf } from '../../../src/recipe/features-of.ts'
import { readMatrix } from '../../../src/recipe/read-matrix.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, type SmallColumn } from './small-table.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(() => context.dispose())

const rows = 5000
const columns: Record<string, SmallColumn> = {
  // Columns may be named as a model's answers are.
  value: { type: 'number', values: Array.from({ length: rows }, (_, row) => (row % 9 ? row / 7 : null)) },
  label: { type: 'text', values: Array.from({ length: rows }, (_, row) => `plan ${row % 3}`) },
  id: { type: 'integer', values: Array.from({ length: rows }, (_, row) => row), role: 'id' },
  churn: { type: 'boolean', values: Array.from({ length: rows }, (_, row) => row % 2), role: 'target' },
  isNew: { type: 'boolean', values: Array.from({ length: rows }, (_, row) => (row % 4 ? 1 : null)) },
}

async function prepared(): Promise<TableData> {
  return appendSteps(context, await smallTable(context, columns, { test: 1000 }), [
    {
      transform: 'impute',
      node: 'impute',
      params: transformParams.impute.parse({ columns: ['value'], strategy: 'mean' }),
    },
    {
      transform: 'scale',
      node: 'scale',
      params: transformParams.scale.parse({ columns: ['value'], method: 'standard' }),
    },
    {
      transform: 'encode',
      node: 'encode',
      params: transformParams.encode.parse({ method: 'one-hot', columns: ['label'] }),
    },
  ])
}

/** Not a model one would want: the matrix itself as probabilities, its sum as value, a word as label. */
function echo(builder: GraphBuilder, matrix: Value): Answers {
  const { width } = builder.typeOf(matrix)
  const ones = builder.constant(tensor('float32', [width, 1], Array(width).fill(1)))
  const sum = builder.node('Cast', [builder.node('Gemm', [matrix, ones])], { to: { i: 11 } })
  const isBig = builder.node('Greater', [sum, builder.constant(tensor('float64', [1], [1]))])
  const word = (text: string) => builder.constant(tensor('string', [1], [text]))
  return {
    probabilities: matrix,
    value: sum,
    label: builder.node('Where', [isBig, word('big'), word('small')]),
  }
}

async function stored(bytes: Uint8Array, signature: Signature): Promise<Artifact<'model'>> {
  const folder = await context.artifacts.stage()
  await writeFile(join(folder, 'model.onnx'), bytes)
  const data: ModelData = {
    task: 'binary',
    target: { name: 'churn' },
    signature,
    features: [],
    learner: { type: 'echo', params: {} },
    trainedOn: 'nothing',
  }
  return context.artifacts.write({ kind: 'model', hash: 'ab'.repeat(32), data, refs: [], folder })
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = []
  for await (const item of items) collected.push(item)
  return collected
}

async function matrixOf(table: TableData, part: 'all' | 'test'): Promise<number[]> {
  const values: number[] = []
  for await (const chunk of readMatrix(context, table, { rows: part })) {
    expect(chunk.firstRow * 5).toBe(values.length)
    for (const value of chunk.data) values.push(value)
  }
  return values
}

describe('the bytes of a model', () => {
  it('depend on what a table is, not on the order in which its fields are written', async () => {
    const table = await prepared()
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, field]) => [key, reversed(field)]),
      )
    }
    const same = reversed(table) as TableData
    expect(canonicalJson(same)).toBe(canonicalJson(table))
    expect(buildModelGraph(same, echo).bytes).toEqual(buildModelGraph(table, echo).bytes)
  })
})

describe('the feature matrix', () => {
  it('has the features in the order of the columns, a vector as its elements', async () => {
    const table = await prepared()
    expect(featuresOf(table).names).toEqual([
      'value',
      'label=plan 0',
      'label=plan 1',
      'label=plan 2',
      'isNew',
    ])
    const matrix = await matrixOf(table, 'all')
    expect(matrix).toHaveLength(5 * rows)
    // Even from 0 to 571, a ninth filled in with the mean: deviation 571 / √12 × √(8/9).
    const second = (1 / 7 - 4000 / 14) / ((4000 / 7 / Math.sqrt(12)) * Math.sqrt(8 / 9))
    expect(matrix[0]).toBeCloseTo(0, 9)
    expect(matrix[5]).toBeCloseTo(second, 2)
    expect(matrix.slice(1, 5)).toEqual([1, 0, 0, Number.NaN])
    expect(matrix.slice(6, 10)).toEqual([0, 1, 0, 1])
  })

  it('needs numbers', async () => {
    const text = await smallTable(context, { t: { type: 'text', values: ['a'] } })
    expect(() => featuresOf(text)).toThrow('The feature “t” holds text, which a learner cannot use.')
    const nothing = await smallTable(context, { t: { type: 'number', values: [1], role: 'target' } })
    expect(() => featuresOf(nothing)).toThrow('The table has no feature that a learner could use.')
  })
})

describe('a model', () => {
  it('takes the start columns that its features come from, and names its answers', async () => {
    const table = await prepared()
    const { bytes, signature } = buildModelGraph(table, echo, { made: 'here' })
    expect(signature).toEqual({
      inputs: table.startColumns.filter(({ name }) => ['value', 'label', 'isNew'].includes(name)),
      outputs: [
        { name: 'probabilities', type: 'vector', width: 5 },
        { name: 'value', type: 'number', width: 1 },
        { name: 'label', type: 'text', width: 1 },
      ],
    })
    const session = await openSession(bytes)
    expect(JSON.parse(session.metadata['pipewright.signature']!)).toEqual(signature)
    expect(session.metadata['made']).toBe('here')
    await session.close()
  })

  it('answers for a table what its learner saw', async () => {
    const table = await prepared()
    const { bytes, signature } = buildModelGraph(table, echo)
    const model = await stored(bytes, signature)
    const matrix: number[] = []
    const labels: string[] = []
    for await (const { outputs, firstRow, rows } of scoreModel(context, model, table, { rows: 'test' })) {
      expect(firstRow).toBe(labels.length)
      expect(outputs['value']).toHaveLength(rows)
      matrix.push(...(outputs['probabilities'] as Float32Array))
      labels.push(...(outputs['label'] as string[]))
    }
    expect(labels).toHaveLength(1000)
    expect(matrix).toEqual(await matrixOf(table, 'test'))
  })

  it('answers for another table from its start columns alone', async () => {
    const { bytes, signature } = buildModelGraph(await prepared(), echo)
    const model = await stored(bytes, signature)
    const other = await smallTable(context, {
      isNew: { type: 'integer', values: [1, null] },
      label: { type: 'text', values: ['plan 1', 'never seen'] },
      value: { type: 'integer', values: [null, 10_000] },
    })
    const scored = await all(scoreModel(context, model, other, { rows: 'all', outputs: ['label'] }))
    expect(scored).toEqual([{ firstRow: 0, rows: 2, outputs: { label: ['big', 'small'] } }])
  })

  it('says which column a table lacks, or has in another type', async () => {
    const { bytes, signature } = buildModelGraph(await prepared(), echo)
    const model = await stored(bytes, signature)
    const score = async (given: Record<string, SmallColumn>) =>
      all(scoreModel(context, model, await smallTable(context, given), { rows: 'all' }))
    const { label, value } = {
      label: { type: 'text', values: [''] },
      value: { type: 'number', values: [1] },
    } as const
    await expect(score({ label, value })).rejects.toThrow(
      'The column “isNew”, which the model needs, is missing',
    )
    await expect(score({ label, value, isNew: label })).rejects.toThrow(
      'The column “isNew” is text here, but the model was trained on boolean.',
    )
    await expect(score({ label, value, isNew: { type: 'date', values: [1] } })).rejects.toThrow(
      'is date here',
    )
  })

  it('can be continued behind its answers', async () => {
    const { bytes, signature } = buildModelGraph(await prepared(), echo)
    const { builder, answers } = GraphBuilder.extend(bytes)
    builder.output('value', builder.node('Neg', [answers['value']!]))
    const model = await stored(builder.toModel(), signature)
    const table = await prepared()
    const [first] = await all(scoreModel(context, model, table, { rows: 'all' }))
    expect(Object.keys(first!.outputs)).toEqual(['value'])
  })
})
