import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TableData } from '../../../src/core/artifacts.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession, type InputRows } from '../../../src/onnx/session.ts'
import { appendSteps } from '../../../src/recipe/append-step.ts'
import { emitRecipe } from '../../../src/recipe/emit-recipe.ts'
import { refitRecipe } from '../../../src/recipe/refit-recipe.ts'
import { traceRecipe } from '../../../src/recipe/trace-recipe.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import { readStartChunks } from '../../../src/tables/start-rows.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { randomRecipe, type RandomRecipe } from './random-recipe.ts'
import { smallTable, valuesOf } from './small-table.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(() => context.dispose())

/** What some columns of a table are for its start columns, given in parts of some size. */
async function compute(
  table: TableData,
  start: InputRows,
  { columns, size = start.rows }: { columns: readonly string[]; size?: number },
): Promise<Record<string, (number | string)[]>> {
  const builder = new GraphBuilder()
  const trace = traceRecipe(table)
  const versions = columns.map((name) => trace.after.get(name)!)
  const graph = emitRecipe(builder, { trace, versions, forLearning: false })
  const filled = versions.filter((version) => graph.widthOf(version) > 0)
  const outputs = Object.fromEntries(columns.map((name): [string, (number | string)[]] => [name, []]))
  if (filled.length === 0) return outputs
  for (const [index, value] of graph.outputs(filled).entries()) builder.output(`column ${index}`, value)
  const session = await openSession(builder.toModel())
  for (let from = 0; from < start.rows; from += size) {
    const part = await session.run(partOf(start, from, size))
    for (const [index, { column }] of filled.entries())
      outputs[column.name]!.push(...part[`column ${index}`]!)
  }
  await session.close()
  return outputs
}

function partOf({ rows, columns }: InputRows, from: number, size: number): InputRows {
  const parts = Object.entries(columns).map(([name, values]) => [name, values.slice(from, from + size)])
  return { rows: Math.min(size, rows - from), columns: Object.fromEntries(parts) as InputRows['columns'] }
}

async function startRows(table: TableData): Promise<InputRows> {
  const columns = table.startColumns.map(({ name }) => name)
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all', chunkRows: 100_000 }))
    return chunk
  throw new Error('The table has no rows')
}

/** The table with its recipe, or null where the rows give a step nothing to learn. */
async function fitted({ columns, steps }: RandomRecipe): Promise<TableData | null> {
  try {
    return await appendSteps(context, await smallTable(context, columns), steps)
  } catch (error) {
    if (error instanceof PipewrightError && error.kind === 'user') return null
    throw error
  }
}

describe('for random recipes over random tables', () => {
  it('a batch, its parts and single rows give the same, bit by bit', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        randomRecipe({ mostRows: 80 }),
        fc.integer({ min: 2, max: 40 }),
        async (recipe, size) => {
          const table = await fitted(recipe)
          if (!table) return
          const start = await startRows(table)
          const columns = table.columns.map(({ name }) => name)
          const batch = await compute(table, start, { columns })
          expect(await compute(table, start, { columns, size })).toEqual(batch)
          expect(await compute(table, start, { columns, size: 1 })).toEqual(batch)
          compared++
        },
      ),
      { numRuns: 40 },
    )
    expect(compared).toBeGreaterThan(20)
  })

  it('a column is the same read alone or with the others', async () => {
    await fc.assert(
      fc.asyncProperty(randomRecipe({ mostRows: 40 }), async (recipe) => {
        const table = await fitted(recipe)
        if (!table) return
        const columns = table.columns.map(({ name }) => name)
        const start = await startRows(table)
        const together = await compute(table, start, { columns })
        expect(await valuesOf(context, table, { columns })).toEqual(together)
        for (const name of columns)
          expect(await compute(table, start, { columns: [name] })).toEqual({ [name]: together[name] })
      }),
      { numRuns: 25 },
    )
  })

  it('what is learned at once is what is learned step by step, in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(randomRecipe({ mostRows: 40 }), async (recipe) => {
        const atOnce = await fitted(recipe)
        if (!atOnce) return
        let stepwise = await smallTable(context, recipe.columns)
        for (const step of recipe.steps) stepwise = await appendSteps(context, stepwise, [step])
        expect(stepwise).toEqual(atOnce)
        expect(await refitRecipe(context, atOnce, { rows: () => true })).toEqual(atOnce)
      }),
      { numRuns: 25 },
    )
  })
})
