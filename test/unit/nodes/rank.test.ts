import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { topRows } from '../../../nodes/features/top-rows/definition.ts'
import { run as keepTop } from '../../../nodes/features/top-rows/run.ts'
import { predict } from '../../../nodes/serving/predict/definition.ts'
import { run as predictRows } from '../../../nodes/serving/predict/run.ts'
import { calibrate } from '../../../nodes/training/calibrate/definition.ts'
import { run as calibrateModel } from '../../../nodes/training/calibrate/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../nodes/training/logistic-regression/run.ts'
import { rank } from '../../../nodes/training/rank/definition.ts'
import { run as rankClasses } from '../../../nodes/training/rank/run.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { shapeOfArtifact } from '../../../src/node-kit/shape-of-artifact.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: rank.failures })
})
afterAll(() => context.dispose())

type Rows = Record<string, (string | number)[]>

async function rowsOf(table: Artifact<'table'>): Promise<Rows> {
  const names = table.data.columns.map(({ name }) => name)
  const rows: Rows = Object.fromEntries(names.map((name) => [name, []]))
  for await (const chunk of readColumns(context, table.data, { columns: names, rows: 'all' }))
    for (const name of names) rows[name]!.push(...chunk.columns[name]!)
  return rows
}

const fruits = {
  csv: ['size,weight,fruit', ...Array.from({ length: 90 }, (_, row) => fruit(row))].join('\n'),
  roles: { fruit: 'target' },
} as const

function fruit(row: number): string {
  const kind = ['apple', 'berry', 'cherry'][row % 3]!
  return `${(row % 3) * 4 + ((row * 7) % 5)},${(row * 11) % 13},${kind}`
}

describe('ranked classes', () => {
  it('are the most probable ones in their order, as columns of predictions', async () => {
    const table = await exampleTable(context, fruits)
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const { model: ranked } = await rankClasses({ model }, { count: 2 }, context)
    const { table: found } = await predictRows({ model: ranked, table }, predict.params.parse({}), context)
    const rows = await rowsOf(found)
    const { classes } = model.data.target
    for await (const { firstRow, rows: count, outputs } of scoreModel(context, model, table.data, {
      rows: 'all',
    }))
      for (let row = 0; row < count; row++) {
        const probabilities = [...(outputs['probabilities'] as Float32Array).subarray(3 * row, 3 * row + 3)]
        const order = [0, 1, 2].toSorted((a, b) => probabilities[b]! - probabilities[a]! || a - b)
        const at = firstRow + row
        expect([rows['top1']![at], rows['top2']![at]]).toEqual([classes![order[0]!], classes![order[1]!]])
        expect(rows['top2_probability']![at]).toBe(probabilities[order[1]!])
      }
    expect(rows['top1']).toEqual(rows['prediction'])
    expect(shapeOfArtifact(ranked)).toMatchObject({ answers: 'classes', top: 2 })
  })

  it('come in the order of classes where probabilities are equal, and no calibration may follow', async () => {
    const table = await exampleTable(context, {
      ...splitNumbers,
      csv: splitNumbers.csv.replaceAll(/^\d+,[\d.]+,/gm, '1,1,'),
    })
    const { model } = await trainLogistic({ table }, logisticRegression.params.parse({}), context)
    const { model: ranked } = await rankClasses({ model }, { count: 2 }, context)
    expect(ranked.data.signature.outputs.map(({ name }) => name)).toEqual([
      'label',
      'probabilities',
      'top',
      'top_probabilities',
    ])
    const calibrated = calibrateModel({ model: ranked, table }, calibrate.params.parse({}), context)
    await expect(calibrated).rejects.toThrow(/ranks its classes/)
  })
})

describe('top rows', () => {
  const sales = {
    csv: 'shop,day,amount\nJena,1,5\nGera,1,9\nJena,2,8\nGera,2,\nJena,3,8\nGera,3,2\nSuhl,1,1\n',
  }

  it('are the best of the table, equal ones in their own order', async () => {
    const table = await exampleTable(context, sales)
    const params = topRows.params.parse({ by: [{ column: 'amount' }], rows: 3 })
    const found = await rowsOf((await keepTop({ table }, params, context)).table)
    expect(found).toMatchObject({ shop: ['Gera', 'Jena', 'Jena'], day: [1, 2, 3], amount: [9, 8, 8] })
  })

  it('are the best of each group, missing values last', async () => {
    const table = await exampleTable(context, sales)
    const params = topRows.params.parse({
      by: [{ column: 'amount', order: 'ascending' }],
      rows: 2,
      groupBy: ['shop'],
    })
    const found = await rowsOf((await keepTop({ table }, params, context)).table)
    expect(found['shop']).toEqual(['Jena', 'Jena', 'Gera', 'Gera', 'Suhl'])
    expect(found['amount']).toEqual([5, 8, 2, 9, 1])
  })
})
