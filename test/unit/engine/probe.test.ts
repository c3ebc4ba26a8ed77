import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
})
afterEach(() => stub.close())

const pipeline = pipelineOf(
  { read: { type: 'ingestion.lines', params: { path: 'data.txt' } }, top: { type: 'features.head' } },
  ['read.table -> top.table'],
)
const source = () => ({ pipeline, path: `${stub.folder}/stub.pipeline.json` })

describe('probing', () => {
  it('tells the check the columns of a source, and looks at the same content only once', async () => {
    await stub.write('data.txt', 'one\n')
    const check = await stub.engine.check(source())
    expect(check.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(check.shapes.get('top')).toMatchObject({ table: { known: true, columns: [{ name: 'line' }] } })
    expect(stub.spawned).toBe(1)
    await stub.reopen()
    await stub.engine.check(source())
    expect(stub.spawned).toBe(1)
    await stub.write('data.txt', 'two\n')
    await stub.engine.check(source())
    expect(stub.spawned).toBe(2)
  })

  it('tells why a source cannot be read, with the whole path and the field, and refuses the run', async () => {
    const probed = await stub.engine.probeSources(source())
    expect(probed.get('read')).toMatchObject({
      failure: {
        code: 'engine.file-missing',
        message: `There is no file “${stub.folder}/data.txt”.`,
        at: { node: 'read', param: 'path' },
      },
    })
    const answer = await stub.start(pipeline)
    const refused = 'refused' in answer ? answer.refused : []
    expect(refused.filter(({ severity }) => severity === 'error')).toMatchObject([
      { at: { node: 'read', param: 'path' } },
    ])
    expect(stub.workspace.tracking.runs.list({ limit: 1 })).toEqual([])
    expect(stub.spawned).toBe(0)
  })

  it('reports what the runner fails with, and asks again next time', async () => {
    await stub.write('data.txt', '')
    for (let time = 1; time <= 2; time++) {
      const probed = await stub.engine.probeSources(source())
      expect(probed.get('read')).toMatchObject({ failure: { code: 'ingestion.lines.empty' } })
    }
  })

  it('does not look at disabled sources, or at those whose parameters are wrong', async () => {
    const off = pipelineOf(
      {
        off: { type: 'ingestion.lines', params: { path: 'a.txt' }, disabled: true },
        wrong: { type: 'ingestion.lines', params: { path: 3 } },
      },
      [],
    )
    expect(await stub.engine.probeSources({ ...source(), pipeline: off })).toEqual(new Map())
  })
})
