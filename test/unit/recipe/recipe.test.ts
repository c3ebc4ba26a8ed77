import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { transformParams, type TransformStep } from '../../../src/core/transforms/transform-step.ts'
import { decodeMessage } from '../../../src/onnx/codec.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { appendSteps, type StepToAppend } from '../../../src/recipe/append-step.ts'
import { emitMatrix } from '../../../src/recipe/emit-matrix.ts'
import { emitRecipe } from '../../../src/recipe/emit-recipe.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { refitRecipe } from '../../../src/recipe/refit-recipe.ts'
import { traceRecipe } from '../../../src/recipe/trace-recipe.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable, valuesOf, type SmallColumn } from './small-table.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(() => context.dispose())

function step(transform: TransformStep['transform'], params: object): StepToAppend {
  return { transform, params: transformParams[transform].parse(params), node: 'test' } as StepToAppend
}

const numbers = (count: number, shift: number): SmallColumn => ({
  type: 'number',
  values: Array.from({ length: count }, (_, row) => (row % 7 === shift ? null : (row * 37 + shift) % 101)),
})
const texts = (count: number): SmallColumn => ({
  type: 'text',
  values: Array.from({ length: count }, (_, row) => (row % 5 === 0 ? null : `category ${row % 4}`)),
})

const impute = step('impute', { columns: ['a', 'b'], strategy: 'median', indicator: true })
const imputeText = step('impute', { columns: ['t'], strategy: 'most-frequent' })
const scale = step('scale', { columns: ['a', 'b'], method: 'standard' })
const encode = step('encode', { method: 'one-hot', columns: ['t'] })
const derive = step('derive', { column: 'sum', expression: 'a + b' })
const scaleSum = step('scale', { columns: ['sum'], method: 'robust' })

async function table(rows: number, options?: { test?: number }): Promise<TableData> {
  return smallTable(context, { a: numbers(rows, 1), b: numbers(rows, 3), t: texts(rows) }, options)
}

/** The context, and how often it was asked for the stored rows. */
function counting(stored: TableData): { context: TestContext; reads: () => number } {
  let reads = 0
  const artifacts = {
    ...context.artifacts,
    folder: (hash: string) => {
      if (hash === stored.rows.artifact) reads++
      return context.artifacts.folder(hash)
    },
  }
  return { context: { ...context, artifacts }, reads: () => reads }
}

async function readsOfOnePass(stored: TableData): Promise<number> {
  const counted = counting(stored)
  for await (const chunk of readColumns(counted.context, stored, { columns: ['a'], rows: 'all' })) void chunk
  return counted.reads()
}

describe('refitting', () => {
  const steps = [impute, imputeText, encode, scale, derive, scaleSum]

  it('on the train rows gives what was learned step by step', async () => {
    const start = await table(5000, { test: 1000 })
    let fitted = start
    for (const each of steps) fitted = await appendSteps(context, fitted, [each])
    expect(await refitRecipe(context, fitted, { rows: 'train' })).toEqual(fitted)
    expect(await refitRecipe(context, fitted, { rows: (index) => index < 4000 })).toEqual(fitted)
  })

  it('reads the rows once for each level of dependence', async () => {
    const start = await table(100)
    const fitted = await appendSteps(context, start, steps)
    const counted = counting(fitted)
    await refitRecipe(counted.context, fitted, { rows: 'all' })
    // Both imputations; then scale and encode; then the scaled sum.
    expect(counted.reads()).toBe(3 * (await readsOfOnePass(fitted)))
  })

  it('tells of its progress over all levels', async () => {
    const fitted = await appendSteps(context, await table(10_000), steps)
    const before = context.reports.length
    await refitRecipe(context, fitted, { rows: 'all' })
    const shares = context.reports.slice(before).map(({ share }) => share!)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
    expect(shares.length).toBe(9)
  })

  it('reads no rows for what learns nothing', async () => {
    const start = await table(100)
    const counted = counting(start)
    const constant = step('impute', { columns: ['a', 'b'], strategy: 'constant', value: 0 })
    await appendSteps(counted.context, start, [constant, derive])
    expect(counted.reads()).toBe(0)
  })

  it('on other rows gives other vectors, named by their elements', async () => {
    const start = await smallTable(context, { t: { type: 'text', values: ['a', 'b', 'c', 'a'] } })
    const fitted = await appendSteps(context, start, [encode])
    const refitted = await refitRecipe(context, fitted, { rows: (index) => index > 1 })
    expect([fitted, refitted].map(({ columns }) => columns[0]!.elements)).toEqual([
      ['t=a', 't=b', 't=c'],
      ['t=a', 't=c'],
    ])
    expect(await valuesOf(context, refitted, { columns: ['t'] })).toEqual({ t: [1, 0, 0, 0, 0, 1, 1, 0] })
  })
})

describe('reading columns', () => {
  it('gives stored and computed ones of the chosen rows', async () => {
    const fitted = await appendSteps(context, await table(10_000), [impute, derive])
    const found = await valuesOf(context, fitted, {
      columns: ['t', 'sum'],
      rows: (index) => index % 2500 === 1,
    })
    const all = await valuesOf(context, fitted, { columns: ['t', 'sum'] })
    const at = (name: 't' | 'sum') => [1, 2501, 5001, 7501].map((row) => all[name]![row])
    expect(found).toEqual({ t: at('t'), sum: at('sum') })
  })

  it('says which column is missing, also where one is only hidden', async () => {
    const start = await table(10)
    const hidden = { ...start, columns: start.columns.filter(({ name }) => name !== 'a') }
    await expect(valuesOf(context, hidden, { columns: ['a'] })).rejects.toThrow('There is no column “a”')
  })

  it('is not disturbed by hidden columns of the same name', async () => {
    const start = await smallTable(context, { a: numbers(20, 1), a_missing: numbers(20, 2) })
    const hidden = { ...start, columns: start.columns.slice(0, 1) }
    const fitted = await appendSteps(context, hidden, [
      step('impute', { columns: ['a'], strategy: 'mean', indicator: true }),
    ])
    const { a_missing: missing } = await valuesOf(context, fitted, { columns: ['a_missing'] })
    expect(missing!.filter((value) => value === 1)).toHaveLength(3)
  })

  it('stops when it is cancelled', async () => {
    const start = await table(10_000)
    const reading = (async () => {
      for await (const chunk of readColumns(context, start, { columns: ['a'], rows: 'all' })) {
        expect(chunk.firstRow).toBe(0)
        context.cancel()
      }
    })()
    await expect(reading).rejects.toThrow(/abort/i)
  })
})

describe('the graph of a recipe', () => {
  const operatorsOf = (builder: GraphBuilder): string[] =>
    decodeMessage('Model', builder.toModel()).graph!.node!.map(({ opType }) => opType!)

  it('works on many columns with a handful of operators', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 20 }, (_, index): [string, SmallColumn] => [`n${index}`, numbers(50, index % 7)]),
    )
    const start = await smallTable(context, columns)
    const fitted = await appendSteps(context, start, [
      step('impute', { columns: Object.keys(columns), strategy: 'mean' }),
      step('scale', { columns: Object.keys(columns), method: 'standard' }),
    ])
    const builder = new GraphBuilder()
    builder.output('matrix', emitMatrix(builder, fitted))
    expect(operatorsOf(builder)).toEqual(['Concat', 'IsNaN', 'Where', 'Sub', 'Div', 'Cast'])
  })

  it('holds only what the asked columns need', async () => {
    const fitted = await appendSteps(context, await table(50), [impute, imputeText, scale, encode, derive])
    const graphOf = (name: string) => {
      const builder = new GraphBuilder()
      const trace = traceRecipe(fitted)
      const version = trace.after.get(name)!
      builder.output(
        'y',
        emitRecipe(builder, { trace, versions: [version], forLearning: false }).outputs([version])[0]!,
      )
      return { inputs: builder.neededInputs(), operators: operatorsOf(builder) }
    }
    expect(graphOf('b')).toEqual({ inputs: ['b'], operators: ['IsNaN', 'Where', 'Sub', 'Div'] })
    expect(graphOf('b_missing')).toEqual({ inputs: ['b'], operators: ['IsNaN', 'Cast'] })
    expect(graphOf('t').inputs).toEqual(['t'])
    expect(graphOf('sum').inputs).toEqual(['a', 'b'])
  })
})
