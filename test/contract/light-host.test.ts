import { expect, it } from 'vitest'
import { openStubEngine, pipelineOf } from '../fixtures/stub-nodes/open-stub-engine.ts'

it('runs steps without ever loading DuckDB or ONNX Runtime into the host', async () => {
  const stub = await openStubEngine()
  await stub.write('data.txt', 'one\ntwo\n')
  const pipeline = pipelineOf({ read: { type: 'ingestion.lines', params: { path: 'data.txt' } } }, [])
  expect((await stub.run(pipeline)).states).toEqual({ read: 'done' })
  const { sharedObjects } = process.report.getReport() as { sharedObjects: string[] }
  await stub.close()
  expect(sharedObjects.filter((path) => /duckdb|onnxruntime/.test(path))).toEqual([])
})
