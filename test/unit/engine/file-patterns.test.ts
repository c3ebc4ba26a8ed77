import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeReason } from '../../../src/engine/explain-step.ts'
import {
  openStubEngine,
  pipelineOf,
  type FinishedRun,
  type StubEngine,
} from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine
beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('a-1.txt', 'one\n')
  await stub.write('a-2.txt', 'two\n')
})
afterEach(() => stub.close())

const pipeline = pipelineOf({ read: { type: 'ingestion.all-lines', params: { pattern: 'a-*.txt' } } }, [])

const why = ({ id }: FinishedRun): string[] =>
  stub.engine.why({ run: id }).flatMap(({ reasons }) => reasons.map(describeReason))

describe('a source of all files that match a pattern', () => {
  it('runs again when one of them changes, comes or goes, and says which', async () => {
    await stub.run(pipeline)
    await stub.write('b.txt', 'not asked for\n')
    expect((await stub.run(pipeline)).states).toEqual({ read: 'cached' })
    await stub.write('a-2.txt', 'zwei\n')
    expect(why(await stub.run(pipeline))).toEqual(['file “a-2.txt” changed'])
    await stub.write('a-3.txt', 'three\n')
    expect(why(await stub.run(pipeline))).toEqual(['file “a-3.txt” is new'])
    await rm(join(stub.folder, 'a-1.txt'))
    expect(why(await stub.run(pipeline))).toEqual(['file “a-1.txt” is gone'])
  })

  it('cannot be reproduced once another file matches', async () => {
    const run = await stub.run(pipeline)
    expect(await stub.engine.reproduce({ run: run.id })).toMatchObject({ identical: true })
    await stub.write('a-3.txt', 'three\n')
    await expect(stub.engine.reproduce({ run: run.id })).rejects.toMatchObject({
      code: 'engine.data-changed',
      values: { path: 'a-3.txt' },
    })
  })
})
