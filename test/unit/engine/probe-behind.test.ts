import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
})
afterEach(() => stub.close())

const source = (second: string) => ({
  pipeline: pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      first: { type: 'features.widen', params: { column: 'a' } },
      second: { type: 'features.widen', params: { column: second } },
      top: { type: 'features.head' },
    },
    ['read.table -> first.table', 'first.table -> second.table', 'second.table -> top.table'],
  ),
  path: `${stub.folder}/stub.pipeline.json`,
})

describe('probing behind sources', () => {
  it('tells columns that only a runner knows, one step after the other, and remembers them', async () => {
    await stub.write('data.txt', 'one\n')
    const names = async () => {
      const { shapes } = await stub.engine.check(source('b'))
      const table = shapes.get('top')?.['table']
      return table?.kind === 'table' && table.known ? table.columns.map(({ name }) => name) : null
    }
    expect(await names()).toEqual(['line', 'a', 'b'])
    await stub.reopen()
    const before = stub.spawned
    expect(await names()).toEqual(['line', 'a', 'b'])
    expect(stub.spawned).toBe(before)
  })

  it('says at the field what the runner fails with', async () => {
    await stub.write('data.txt', 'one\n')
    const { findings } = await stub.engine.check(source('a'))
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { message: 'There is a column a.', at: { node: 'second', param: 'column' } },
    ])
  })

  it('waits where the columns before are not known', async () => {
    const { findings, shapes } = await stub.engine.check(source('b'))
    expect(shapes.get('second')).toMatchObject({ table: { known: false } })
    expect(findings.filter(({ at }) => at?.node === 'first' || at?.node === 'second')).toEqual([])
  })
})
