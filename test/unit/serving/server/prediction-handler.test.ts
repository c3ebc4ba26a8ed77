import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PredictionHandler, PredictionRequest } from '../../../../src/serving/handler.ts'
import type { Protocol } from '../../../../src/serving/server/model-route.ts'
import {
  numberOfText,
  startServer,
  writePackage,
  type TestServer,
} from '../../../fixtures/serving/model-server.ts'

describe('what protocols ask', () => {
  let server: TestServer
  let handler: PredictionHandler
  const folders: string[] = []
  beforeAll(async () => {
    const versions = []
    for (const version of [1, 2]) {
      versions.push(await writePackage(numberOfText(version * 100), { model: 'total', version }))
      folders.push(versions.at(-1)!.folder)
    }
    const listen: Protocol = (parts) => {
      handler = parts.handler
      return []
    }
    server = await startServer({
      versions: [versions[0]!, { ...versions[1]!, role: 'shadow' }],
      protocols: [listen],
    })
  })
  afterAll(async () => {
    await server.stop()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  })

  const ask = (amount: string[], more: Partial<PredictionRequest> = {}) =>
    handler.predict({
      chunk: { rows: amount.length, columns: { amount } },
      trace: { requestId: 'r', traceparent: 't' },
      receivedAt: performance.now(),
      ...more,
    })
  const amounts = (rows: number): string[] => Array.from({ length: rows }, (_, row) => String(row))

  it.each([0, 1, 32, 33, 200, 5_000])('answers %i rows in their order', async (rows) => {
    const { outputs, predictionIds, version } = await ask(amounts(rows))
    expect(outputs['value']).toEqual(Float64Array.from({ length: rows }, (_, row) => row + 100))
    expect(new Set(predictionIds).size).toBe(rows)
    expect(version).toBe(1)
  })

  it('gives each of those that come together their own rows', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, first) => ask([`${first}`, `${first + 0.5}`])),
    )
    for (const [first, { outputs }] of answers.entries())
      expect(outputs['value']).toEqual(Float64Array.of(first + 100, first + 100.5))
  })

  it('says what is wrong with columns, and whom it does not serve', async () => {
    await expect(ask([], { chunk: { rows: 1, columns: {} } })).rejects.toMatchObject({
      code: 'onnx.column-missing',
    })
    const numbers = { rows: 1, columns: { amount: Float64Array.of(1) } }
    await expect(ask([], { chunk: numbers })).rejects.toMatchObject({ code: 'onnx.column-type' })
    await expect(ask(['1'], { version: 2 })).rejects.toMatchObject({ code: 'server.unknown-version' })
    await expect(ask(['1'], { version: 9 })).rejects.toMatchObject({ code: 'server.unknown-version' })
  })

  it('computes nothing for callers who have gone', async () => {
    await expect(ask(amounts(5_000), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'server.gone',
    })
  })
})
