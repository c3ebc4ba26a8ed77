import { afterAll, beforeAll, expect, it } from 'vitest'
import { predict } from '../../../nodes/serving/predict/definition.ts'
import { run as predictRows } from '../../../nodes/serving/predict/run.ts'
import { evaluate } from '../../../nodes/training/evaluate/definition.ts'
import { run as evaluateModels } from '../../../nodes/training/evaluate/run.ts'
import { kMeans } from '../../../nodes/training/k-means/definition.ts'
import { run as findClusters } from '../../../nodes/training/k-means/run.ts'
import { shapeOfArtifact } from '../../../src/node-kit/shape-of-artifact.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
})
afterAll(() => context.dispose())

const towns = {
  csv: ['town,x,y', ...Array.from({ length: 40 }, (_, row) => town(row))].join('\n'),
  roles: { town: 'id' },
} as const

/** Three quarters of the towns are in the west. */
function town(row: number): string {
  const isWest = row % 4 > 0
  return `T${row},${isWest ? 1 + (row % 5) / 10 : 9},${isWest ? 2 : 7 + (row % 3) / 10}`
}

it('gives each row its cluster, the largest being “1”, and the distance from its center', async () => {
  const table = await exampleTable(context, towns)
  const params = kMeans.params.parse({ most: 4, starts: 2 })
  const { model, report } = await findClusters({ table }, params, context)
  expect(report.data.metrics['clusters']).toBe(2)
  expect(shapeOfArtifact(model)).toMatchObject({ task: 'clustering', answers: 'clusters', target: null })
  const { table: found } = await predictRows({ model, table }, predict.params.parse({}), context)
  const [cluster, distance] = [[] as string[], [] as number[]]
  for await (const { columns } of readColumns(context, found.data, {
    columns: ['cluster', 'distance'],
    rows: 'all',
  })) {
    cluster.push(...(columns['cluster'] as string[]))
    distance.push(...(columns['distance'] as Float64Array))
  }
  expect(cluster).toEqual(Array.from({ length: 40 }, (_, row) => (row % 4 > 0 ? '1' : '2')))
  expect(Math.max(...distance)).toBeLessThan(0.5)
  expect(Math.max(...distance)).toBeGreaterThan(0)
})

it('is not judged by true answers, which it has none of', async () => {
  const table = await exampleTable(context, towns)
  const { model } = await findClusters({ table }, kMeans.params.parse({ most: 3 }), context)
  const judged = evaluateModels({ models: [model], table }, evaluate.params.parse({ rows: 'all' }), context)
  await expect(judged).rejects.toThrow(/groups of rows and predicts no target/)
})
