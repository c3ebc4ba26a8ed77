import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { describeReason } from '../../../src/engine/explain-step.ts'
import { hashOfPipeline } from '../../../src/engine/load-references.ts'
import { refreshReferences } from '../../../src/engine/refresh-references.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { openStubEngine, pipelineOf, type StubEngine } from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close())

const inner = (count = 2): Pipeline =>
  pipelineOf(
    {
      shout: { type: 'features.change', params: { suffix: '${suffix}' } },
      top: { type: 'features.head', params: { count } },
    },
    ['shout.table -> top.table'],
    {
      parameters: { suffix: { type: 'text', default: '!' } },
      inputs: { lines: ['shout.table'] },
      outputs: { lines: 'top.table' },
    },
  )

const outer = (subpipelines: Pipeline['subpipelines'], parameters: Record<string, string> = {}): Pipeline =>
  pipelineOf(
    {
      read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
      loud: { type: 'flow.subpipeline', params: { subpipeline: 'shouting', parameters } },
      report: { type: 'training.measure' },
    },
    ['read.table -> loud.lines', 'loud.lines -> report.tables'],
    { subpipelines: subpipelines! },
  )

describe('a sub-pipeline in a run', () => {
  it('runs, is stored and is explained step by step, under the name of its node', async () => {
    const copy = { shouting: { pipeline: inner() } }
    const first = await stub.run(outer(copy))
    expect(first.states).toEqual({ read: 'done', 'loud/shout': 'done', 'loud/top': 'done', report: 'done' })
    const second = await stub.run(outer(copy, { suffix: '?' }))
    expect(second.states).toMatchObject({ read: 'cached', 'loud/shout': 'done' })
    const why = stub.engine.why({ run: second.id, node: 'loud' })
    expect(why.map(({ node, reasons }) => [node, reasons.map(describeReason).join()])).toEqual([
      ['loud/shout', 'parameter “suffix” "!" → "?"'],
      ['loud/top', 'input “table” changed: “loud/shout” gives something else now'],
    ])
  })

  it('is meant as a whole where its node is asked for', async () => {
    const copy = { shouting: { pipeline: inner() } }
    expect((await stub.run(outer(copy), { to: ['loud'] })).states).toEqual({
      read: 'done',
      'loud/shout': 'done',
      'loud/top': 'done',
    })
    const from = await stub.run(outer(copy), { from: ['loud'], to: ['report'] })
    expect(from.states).toEqual({ read: 'cached', 'loud/shout': 'done', 'loud/top': 'done', report: 'done' })
  })

  it('is reproduced hash by hash', async () => {
    const run = await stub.run(outer({ shouting: { pipeline: inner() } }))
    expect(await stub.engine.reproduce({ run: run.id })).toMatchObject({ identical: true })
  })
})

describe('a sub-pipeline in a file of its own', () => {
  const reference = (pipeline: Pipeline) => ({
    shouting: { path: 'shouting.pipeline.json', hash: hashOfPipeline(pipeline) },
  })
  const save = (pipeline: Pipeline) => stub.write('shouting.pipeline.json', formatPipeline(pipeline))

  it('runs as a copy would, and can be reproduced when the file is gone', async () => {
    await save(inner())
    const run = await stub.run(outer(reference(inner())))
    expect(run.summary.status).toBe('done')
    await rm(join(stub.folder, 'shouting.pipeline.json'))
    expect(await stub.engine.reproduce({ run: run.id })).toMatchObject({ identical: true })
    expect((await stub.run(outer({ shouting: { pipeline: inner() } }))).summary.executed).toBe(0)
  })

  it('is refused when it changed, until the reference is refreshed; moving a box changes nothing', async () => {
    await save({ ...inner(), layout: { shout: [10, 10] } })
    expect('refused' in (await stub.start(outer(reference(inner()))))).toBe(false)
    await save(inner(1))
    const refused = await stub.start(outer(reference(inner())))
    expect(refused).toMatchObject({
      refused: [{ code: 'subpipeline-changed', at: { node: 'loud', param: 'subpipeline' } }],
    })
    const path = join(stub.folder, 'stub.pipeline.json')
    const fresh = await refreshReferences({ pipeline: outer(reference(inner())), path })
    expect(fresh.references).toMatchObject([{ subpipeline: 'shouting', now: hashOfPipeline(inner(1)) }])
    expect((await stub.run(fresh.pipeline)).summary.status).toBe('done')
  })

  it('is refused when it is missing, no pipeline, or uses itself', async () => {
    const messagesOf = async (pipeline: Pipeline) => {
      const answer = await stub.start(pipeline)
      return 'refused' in answer ? answer.refused.map(({ message }) => message).join('\n') : 'started'
    }
    expect(await messagesOf(outer(reference(inner())))).toMatch(/cannot be used: there is no such file\./)
    await stub.write('shouting.pipeline.json', '{ "format": 7 }')
    expect(await messagesOf(outer(reference(inner())))).toMatch(/made by a newer Pipewright/)
    const circular = outer(reference(inner()))
    await save(circular)
    expect(await messagesOf(outer(reference(circular)))).toMatch(/uses itself/)
  })
})
