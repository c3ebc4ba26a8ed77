import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeReason } from '../../../src/engine/explain-step.ts'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

describe('forgetting results', () => {
  let stub: StubEngine

  beforeEach(async () => {
    stub = await openStubEngine()
    await stub.write('data.txt', 'one\ntwo\nthree\n')
  })
  afterEach(() => stub.close())

  const pipeline = pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      shout: { type: 'features.change', params: { suffix: '!' } },
      top: { type: 'features.head', params: { count: 2 } },
      beside: { type: 'features.head', params: { count: 1 } },
    },
    ['read.table -> shout.table', 'shout.table -> top.table', 'read.table -> beside.table'],
  )
  const forget = (...nodes: string[]) =>
    stub.engine.forget({ pipeline, path: '/somewhere/a.pipeline.json', nodes })

  it('lets a node and what follows it run again, and nothing else', async () => {
    await stub.run(pipeline)
    expect(await forget('shout')).toEqual({ nodes: ['shout', 'top'], results: 2 })
    const again = await stub.run(pipeline)
    expect(again.states).toEqual({ read: 'cached', beside: 'cached', shout: 'done', top: 'done' })
    const reasons = stub.engine.why({ run: again.id, node: 'top' }).flatMap((step) => step.reasons)
    expect(reasons.map(describeReason)).toEqual([describeReason({ kind: 'result-gone' })])
  })

  it('forgets nothing twice', async () => {
    await stub.run(pipeline)
    await forget('top')
    expect(await forget('top')).toEqual({ nodes: ['top'], results: 0 })
  })

  it('knows the nodes of the pipeline alone', async () => {
    await expect(forget('shuot')).rejects.toMatchObject({
      code: 'engine.unknown-node',
      remedy: 'Did you mean “shout”?',
    })
  })
})
