import { readdir, readlink, rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newestPredictions } from '../../../../src/serving/log/read-predictions.ts'
import type { LoadableVersion } from '../../../../src/serving/server-protocol.ts'
import { numberOfText, replayKey, startServer, writePackage } from '../../../fixtures/serving/model-server.ts'

interface Total {
  prediction: number
  version: number
  fallback?: boolean
  predictionId?: string
}

describe('what a server serves', () => {
  let versions: [LoadableVersion, LoadableVersion, LoadableVersion]
  beforeAll(async () => {
    const write = (version: number) => writePackage(numberOfText(version * 100), { model: 'total', version })
    versions = [await write(1), await write(2), await write(3)]
  })
  afterAll(async () => {
    for (const { folder } of versions) await rm(folder, { recursive: true, force: true })
  })

  const totalOf = async (response: Promise<Response>): Promise<Total> =>
    (await (await response).json()) as Total

  it('changes without losing a request, and ends models that nobody needs', async () => {
    const server = await startServer({ versions: [versions[0]] })
    const statuses: number[] = []
    const seen = new Set<number>()
    const over = new AbortController()
    const ask = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const response = await server.predict({ amount: '1' })
        statuses.push(response.status)
        seen.add(((await response.json()) as Total).version)
      }
    }
    const callers = Array.from({ length: 8 }, ask)
    for (const version of [versions[1], versions[2], versions[0], versions[2]])
      expect(await server.configure({ versions: [{ ...version, role: 'live', weight: 1 }] })).toMatchObject({
        type: 'configured',
      })
    over.abort()
    await Promise.all(callers)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await totalOf(server.predict({ amount: '1' }))).toMatchObject({ version: 3, prediction: 301 })
    const { versions: counted } = await server.stop()
    const answered = Object.values(counted).reduce((sum, { requests }) => sum + requests, 0)
    expect(answered).toBe(statuses.length + 1)
  })

  it('goes on with what it has where a new configuration cannot be served', async () => {
    const server = await startServer({ versions: [versions[0]] })
    const gone = { ...versions[1], folder: `${versions[1].folder}-gone`, role: 'live' as const, weight: 1 }
    expect(await server.configure({ versions: [gone] })).toMatchObject({
      type: 'refused',
      revision: 2,
      error: { code: 'artifact.missing' },
    })
    const rule = { kind: 'rule' as const, expression: 'amount +' }
    expect(await server.configure({ fallback: rule })).toMatchObject({ type: 'refused', revision: 3 })
    expect(await totalOf(server.predict({ amount: '1' }))).toMatchObject({ version: 1 })
    await server.stop()
  })

  it('refuses a package whose model is not what its manifest says', async () => {
    const damaged = await writePackage(numberOfText(7), { model: 'total', version: 9 })
    await rename(`${versions[2].folder}/model.onnx`, `${versions[2].folder}/kept.onnx`)
    await rename(`${damaged.folder}/model.onnx`, `${versions[2].folder}/model.onnx`)
    await expect(startServer({ versions: [versions[2]] })).rejects.toThrow('has changed since it was written')
    await rename(`${versions[2].folder}/kept.onnx`, `${versions[2].folder}/model.onnx`)
    await rm(damaged.folder, { recursive: true, force: true })
  })

  it('writes and counts what was logged before its log was changed', async () => {
    const server = await startServer({ versions: [versions[0]] })
    await Promise.all(['1', '2', '3'].map((amount) => server.predict({ amount })))
    const { log } = server.configuration
    await server.configure({ log: { ...log, share: 0 } })
    const { log: counted } = await server.drain()
    expect(counted).toMatchObject({ records: 3, dropped: 0 })
    expect(await newestPredictions(log.folder, { limit: 10 })).toHaveLength(3)
    await rm(server.folder, { recursive: true, force: true })
  })

  it.runIf(process.platform === 'linux')('closes the files of what it serves no more', async () => {
    const server = await startServer({ versions: [versions[0]] })
    const openFiles = async (): Promise<number> => {
      const files = await readdir('/proc/self/fd')
      const paths = await Promise.all(files.map((file) => readlink(`/proc/self/fd/${file}`).catch(() => '')))
      return paths.filter((path) => path.startsWith(server.configuration.log.folder)).length
    }
    for (const version of [versions[1], versions[0], versions[1], versions[0]]) {
      await server.predict({ amount: '1' })
      await server.configure({ versions: [{ ...version, role: 'live', weight: 1 }] })
    }
    const logged = () => newestPredictions(server.configuration.log.folder, { limit: 10 })
    await expect.poll(logged).toHaveLength(4)
    await expect.poll(openFiles).toBe(0)
    expect((await server.stop()).log.records).toBe(4)
  })

  it('answers what was begun before it ends, and writes all of it to the log', async () => {
    const server = await startServer({ versions: [versions[0]] })
    await Promise.all(['1', '2', '3'].map((amount) => server.predict({ amount })))
    const body = '{"amount":"4"}'
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
    const lines = [
      'POST /predict HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      'Content-Type: application/json',
    ]
    socket.write(`${[...lines, `Content-Length: ${body.length}`].join('\r\n')}\r\n\r\n${body.slice(0, 5)}`)
    await fetch(`${server.url}/healthz`)
    const drained = server.drain()
    socket.write(body.slice(5))
    const answer = await text(socket)
    expect(answer).toContain('HTTP/1.1 200 OK')
    expect(answer).toContain('connection: close')
    expect(answer).toContain('"prediction":104')
    expect((await drained).log).toMatchObject({ records: 4, dropped: 0 })
    const records = await newestPredictions(server.configuration.log.folder, { limit: 10 })
    const amounts = new Set(records.map(({ inputs }) => inputs.columns['amount']![0]))
    expect(amounts).toEqual(new Set(['1', '2', '3', '4']))
    expect(records[0]).toMatchObject({ outputs: { value: Float64Array.of(104) }, model: { version: 1 } })
    await server.stop()
  })

  it('lets the host replay rows through one version, without a trace', async () => {
    const server = await startServer({
      versions: [versions[0], { ...versions[1], weight: 0 }],
      configuration: { fallback: { kind: 'constant', answer: -1 } },
    })
    const replay = { 'x-pipewright-replay': `${replayKey} total:2` }
    const body = { rows: [{ amount: '1' }, { amount: '2' }] }
    expect(await (await server.predict(body, replay)).json()).toEqual({
      model: 'total',
      version: 2,
      predictions: [{ prediction: 201 }, { prediction: 202 }],
    })
    expect(await (await server.predict({ amount: '3' }, replay)).json()).toEqual({
      model: 'total',
      version: 2,
      prediction: 203,
    })
    expect((await server.predict({ amount: 'many' }, replay)).status).toBe(500)
    const wrong = { 'x-pipewright-replay': 'wrong total:2' }
    expect(await totalOf(server.predict({ amount: '1' }, wrong))).toMatchObject({ version: 1 })
    const { versions: counted, log } = await server.stop()
    expect(counted['total:2']).toMatchObject({ requests: 0, errors: 0 })
    expect(log.records).toBe(1)
  })
})
