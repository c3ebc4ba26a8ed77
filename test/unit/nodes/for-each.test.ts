import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEach } from '../../../nodes/flow/for-each/definition.ts'
import { run as runForEach } from '../../../nodes/flow/for-each/run.ts'
import type { TableShape } from '../../../src/core/columns.ts'
import type { ItemRequest } from '../../../src/node-kit/run-context.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: forEach.failures })
})
afterAll(() => context.dispose())

/** The items that are run for a table; the sub-pipeline is a stub that gives back what it gets. */
async function itemsOf(csv: string, given: Record<string, unknown>) {
  const table = await exampleTable(context, { csv })
  const requests: ItemRequest[] = []
  const params = forEach.params.parse({ subpipeline: 'prepare', itemParameter: 'group', ...given })
  const outputs = await runForEach({ table }, params, {
    ...context,
    runItem: (request) => {
      requests.push(request)
      return context.runItem(request)
    },
  })
  return {
    items: requests.map(({ item, parameters }) => [item, parameters['group']]),
    rows: outputs.table.data.rows.count,
  }
}

describe('groups of a table', () => {
  it('are true and false where the column is', async () => {
    const found = await itemsOf('shop,open\na,true\nb,false\nc,true\nd,\n', { by: 'open' })
    expect(found).toEqual({
      items: [
        ['true', true],
        ['false', false],
        ['(no value)', ''],
      ],
      rows: 4,
    })
  })

  it('are numbers where the column is, and days where it has days', async () => {
    expect((await itemsOf('a,b\n1.5,x\n-2,y\n1.5,z\n', { by: 'a' })).items).toEqual([
      ['1.5', 1.5],
      ['-2', -2],
    ])
    expect((await itemsOf('a,b\n2026-03-01,x\n2026-03-02,y\n', { by: 'a' })).items).toEqual([
      ['2026-03-01', '2026-03-01'],
      ['2026-03-02', '2026-03-02'],
    ])
  })

  it('are told apart from one that is called as no value is', async () => {
    const found = await itemsOf('shop,sales\n(no value),1\n,2\nJena,3\n', { by: 'shop' })
    expect(found.items.map(([, value]) => value)).toEqual(['(no value)', '', 'Jena'])
    expect(new Set(found.items.map(([item]) => item)).size).toBe(3)
  })

  it('are refused for a column that holds several numbers a row', () => {
    expect(findingsOf({ by: 'place' })).toMatchObject([{ code: 'wrong-type', param: 'by' }])
  })
})

describe('the results of items', () => {
  it('are refused before any item runs where they cannot be put under one another', () => {
    const params = { by: 'shop', itemColumn: 'Shop' }
    expect(findingsOf(params, { probed: { table } })).toMatchObject([
      { code: 'name-taken', param: 'itemColumn' },
      { code: 'wrong-type', param: 'output' },
    ])
  })
})

const table: TableShape = {
  kind: 'table',
  known: true,
  split: null,
  columns: [
    { name: 'shop', type: 'text', role: 'feature', origin: 'start' },
    { name: 'place', type: 'vector', role: 'feature', origin: 'recipe' },
  ],
}

function findingsOf(
  given: Record<string, unknown>,
  { probed = null }: { probed?: { table: TableShape } | null } = {},
) {
  const { findings } = forEach.propagate({
    inputs: { table },
    params: forEach.params.parse({ subpipeline: 'prepare', ...given }),
    probed,
    node: 'each',
    feeds: {},
    freeNodeId: (wish) => wish,
  })
  return findings
}
