import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../../src/serving/protocols/description/description-protocol.ts'
import { mlflow } from '../../../../src/serving/protocols/mlflow/mlflow-protocol.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import { readFeedback } from '../../../../src/serving/log/feedback-log.ts'
import type { LoadableVersion, ServerStatistics } from '../../../../src/serving/server-protocol.ts'
import { createModelServer } from '../../../../src/serving/server/create-model-server.ts'
import type { ModelRoute } from '../../../../src/serving/server/model-route.ts'
import {
  numberOfText,
  startServer,
  writePackage,
  type TestServer,
} from '../../../fixtures/serving/model-server.ts'

const protocols = [openInference, mlflow, description]
/** Answers of a handler that nobody asks here. */
const parts = { handler: {} as never, productVersion: '1.2.3', statistics: () => Promise.resolve([]) }

const promtool = process.env['CI'] !== undefined || !spawnSync('promtool', ['--version']).error
if (!promtool) console.warn('promtool is missing: apt-get install prometheus')

describe('who may ask a model server, and what', () => {
  let version: LoadableVersion
  let server: TestServer
  const others: ServerStatistics[] = []
  beforeAll(async () => {
    version = await writePackage(numberOfText(100), { model: 'total', version: 1 })
    const gauge = { name: 'drift_share', help: 'Drift share.', labels: { version: '1' }, value: 0.25 }
    server = await startServer({ versions: [version], protocols, others: () => others, gauges: [gauge] })
  })
  afterAll(async () => {
    await server.stop()
    await rm(version.folder, { recursive: true, force: true })
  })

  const statusOf = (url: string, options: { method?: string; headers?: Record<string, string> } = {}) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(url, options, (response) => {
        response.resume()
        resolve(response.statusCode!)
      })
      asked.once('error', reject)
      asked.end()
    })

  it('has only routes of its table, with limits', async () => {
    const shown: ModelRoute[] = []
    const { served } = createModelServer({
      routes: () => {
        shown.push(...protocols.flatMap((protocol) => protocol(parts)))
        return shown
      },
      onFailure: () => {},
    })
    expect(served).toEqual(shown.map(({ method, url }) => `${method} ${url}`))
    expect(new Set(shown.map(({ name }) => name)).size).toBe(shown.length)
    const gets = shown.filter(({ method }) => method === 'GET')
    expect(gets.filter(({ accepts, mostBytes }) => accepts !== null || mostBytes > 0)).toEqual([])
    const posts = shown.filter(({ method }) => method === 'POST')
    expect(posts.filter(({ mostBytes }) => mostBytes === 0 || mostBytes > 128 * 2 ** 20)).toEqual([])
    expect(shown.filter(({ plane, mostAtOnce }) => plane !== 'model' || mostAtOnce > 4_096)).toEqual([])
  })

  it('answers to its own names alone, and to no page from elsewhere', async () => {
    const { url, port } = server
    expect(await statusOf(`${url}/metrics`)).toBe(200)
    expect(await statusOf(`${url}/metrics`, { headers: { host: `localhost:${port}` } })).toBe(200)
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', '127.0.0.1:1'])
      expect(await statusOf(`${url}/metrics`, { headers: { host } })).toBe(421)
    const ask = (origin: string) => statusOf(`${url}/metrics`, { headers: { origin } })
    expect(await ask('http://evil.example')).toBe(403)
    expect(await ask('null')).toBe(403)
    expect(await ask(`http://127.0.0.1:${port}`)).toBe(200)
    expect(await statusOf(`${url}/predict`, { method: 'OPTIONS' })).toBe(405)
  })

  it('says by which method a path is asked, whatever came with it', async () => {
    const put = await fetch(`${server.url}/predict`, { method: 'PUT', body: '{"amount":1}' })
    expect(put.status).toBe(405)
    expect(put.headers.get('allow')).toBe('POST')
    expect(((await put.json()) as { error: { code: string } }).error.code).toBe('server.wrong-method')
    expect((await fetch(`${server.url}/nowhere`, { method: 'PUT', body: '{}' })).status).toBe(404)
  })

  it('wants the token on everything but health, where there is one', async () => {
    const guarded = await startServer({ versions: [version], protocols, start: { token: 'of-the-host' } })
    const { url } = guarded
    const authorization = 'Bearer of-the-host'
    expect(await statusOf(`${url}/metrics`)).toBe(401)
    expect(await statusOf(`${url}/metrics`, { headers: { authorization: 'Bearer other' } })).toBe(401)
    expect(await statusOf(`${url}/metrics`, { headers: { authorization } })).toBe(200)
    expect((await guarded.predict({ amount: '1' })).status).toBe(401)
    expect((await guarded.predict({ amount: '1' }, { authorization })).status).toBe(200)
    for (const path of ['/healthz', '/readyz']) expect(await statusOf(`${url}${path}`)).toBe(200)
    // A load balancer calls by a name of its own.
    const headers = { authorization, host: 'models.example.com' }
    expect(await statusOf(`${url}/metrics`, { headers })).toBe(200)
    await guarded.stop()
  })

  it('says in Prometheus’ words what all processes do together', async () => {
    await server.predict({ amount: '1' })
    await server.predict({ amount: 'many' })
    await server.predict({ nothing: 1 })
    const { statistics } = await server.heard('statistics')
    const [counted] = Object.values(statistics.versions)
    others.push({
      ...statistics,
      worker: 1,
      versions: { 'total:1': { ...counted!, role: 'canary', rows: 1_000 } },
    })
    const answer = await fetch(`${server.url}/metrics`)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const text = await answer.text()
    const labels = 'deployment="members",model="total",version="1",role="live"'
    expect(text).toContain(`pipewright_predictions_total{${labels}} 1001\n`)
    expect(text).toContain('pipewright_errors_total{deployment="members",reason="bad-input"} ')
    expect(text).toContain('pipewright_workers{deployment="members"} 2\n')
    expect(text).toContain('# TYPE pipewright_drift_share gauge\npipewright_drift_share{version="1"} 0.25\n')
    expect(text).toContain('le="+Inf"}')
  })

  it.skipIf(!promtool)('gives its metrics names that Prometheus’ own tool accepts', async () => {
    const input = await (await fetch(`${server.url}/metrics`)).text()
    const { stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
    expect(stdout + stderr).toBe('')
  })

  it('takes feedback for ids that it gave out', async () => {
    const { predictionId } = (await (await server.predict({ amount: '5' })).json()) as {
      predictionId: string
    }
    const say = async (body: unknown): Promise<number> => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(`${server.url}/feedback`, { method: 'POST', headers, body: JSON.stringify(body) }))
        .status
    }
    expect(await say({ predictionId, label: 105, source: 'till', comment: 'as counted' })).toBe(202)
    expect(await say({ predictionId, right: false })).toBe(202)
    expect(await say({ predictionId, isRight: true })).toBe(202)
    expect(await say({ predictionId, right: true, isRight: false })).toBe(422)
    expect(await say({ predictionId })).toBe(422)
    expect(await say({ predictionId, score: 2 })).toBe(422)
    expect(await say({ predictionId, right: true, mood: 'good' })).toBe(422)
    expect(
      await say({
        predictionId: `${predictionId.slice(0, 39)}${predictionId.endsWith('A') ? 'B' : 'A'}`,
        right: true,
      }),
    ).toBe(404)
    const kept = []
    for await (const { feedback } of readFeedback(server.configuration.log.folder)) kept.push(...feedback)
    expect(kept).toMatchObject([
      { predictionId, label: 105, source: 'till', comment: 'as counted' },
      { predictionId, isRight: false },
      { predictionId, isRight: true },
    ])
  })
})
