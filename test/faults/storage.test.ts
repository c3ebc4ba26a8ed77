import { rm, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  finishedRun,
  openStubEngine,
  pipelineOf,
  type StubEngine,
} from '../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\nthree\n')
})
afterEach(() => stub.close().catch(() => {}))

const pipeline = pipelineOf(
  {
    read: { type: 'ingestion.lines', params: { path: 'data.txt' } },
    change: { type: 'features.change', params: { delayMs: 200 } },
  },
  ['read.table -> change.table'],
)

const startAndBreak = async (breakIt: () => unknown) => {
  const started = await stub.start(pipeline)
  if ('refused' in started) throw new Error('refused')
  for await (const event of started.run.events())
    if (event.event === 'step-started' && event.node === 'change') await breakIt()
  return started.run
}

describe('a store that cannot take artifacts', () => {
  it('fails the step, not the host', async () => {
    const { artifacts } = stub.workspace.paths
    const run = await startAndBreak(async () => {
      await rm(artifacts, { recursive: true })
      await writeFile(artifacts, 'in the way')
    })
    const done = await finishedRun(run)
    expect(done.states).toEqual({ read: 'done', change: 'failed' })
    await rm(artifacts)
    expect((await stub.run(pipeline)).summary.status).toBe('done')
  })
})

describe('a tracking database that is gone', () => {
  it('ends the run: everything stops, nobody waits for ever, and the next host knows', async () => {
    const run = await startAndBreak(() => stub.workspace.tracking.close())
    await expect(run.finished).rejects.toThrow('database')
    await stub.reopen()
    expect(stub.workspace.interruptedRuns).toEqual([run.id])
    expect((await stub.run(pipeline)).states).toEqual({ read: 'cached', change: 'done' })
  })
})
