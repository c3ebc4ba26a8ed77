import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mlflow } from '../../../../src/serving/protocols/mlflow/mlflow-protocol.ts'
import type { LoadableVersion, ServerConfiguration } from '../../../../src/serving/server-protocol.ts'
import {
  numberOfText,
  sharesOfText,
  startServer,
  writePackage,
  type TestServer,
} from '../../../fixtures/serving/model-server.ts'

interface Total {
  prediction: number
  version: number
  fallback?: true
}

describe('traffic between versions', () => {
  let versions: LoadableVersion[]
  beforeAll(async () => {
    versions = []
    for (const version of [1, 2, 3])
      versions.push(await writePackage(numberOfText(version * 100), { model: 'total', version }))
  })
  afterAll(async () => {
    for (const { folder } of versions) await rm(folder, { recursive: true, force: true })
  })

  const ask = async (server: TestServer, body: object, headers = {}): Promise<Total> =>
    (await (await server.predict(body, headers)).json()) as Total
  const people = Array.from({ length: 40 }, (_, index) => `person-${index}`)

  it('keeps to the version of a column’s value, row by row, in every protocol and process', async () => {
    const options = {
      versions: versions.slice(0, 2),
      configuration: { stickyBy: 'person' },
      protocols: [mlflow],
    }
    const [one, other] = [await startServer(options), await startServer({ ...options, start: { worker: 1 } })]
    const rows = people.map((person) => ({ person, amount: '1' }))
    const alone = await Promise.all(rows.map((row) => ask(one, row)))
    const seen = alone.map(({ version }) => version)
    expect(new Set(seen)).toEqual(new Set([1, 2]))
    expect((await Promise.all(rows.map((row) => ask(other, row)))).map(({ version }) => version)).toEqual(
      seen,
    )
    const together = (await (await other.predict({ rows })).json()) as { predictions: Total[] }
    expect(together.predictions.map(({ version }) => version)).toEqual(seen)
    expect(together.predictions.map(({ prediction }) => prediction)).toEqual(
      seen.map((version) => version * 100 + 1),
    )
    const body = JSON.stringify({ dataframe_records: rows })
    const headers = { 'content-type': 'application/json' }
    const invoked = await fetch(`${one.url}/invocations`, { method: 'POST', headers, body })
    expect(((await invoked.json()) as { predictions: number[] }).predictions).toEqual(
      seen.map((version) => version * 100 + 1),
    )
    await Promise.all([one.stop(), other.stop()])
  })

  it('keeps to the version of a header', async () => {
    const server = await startServer({ versions, configuration: { stickyBy: 'header:X-Person' } })
    for (const person of people.slice(0, 8)) {
      const answers = await Promise.all(
        [1, 2, 3].map(() => ask(server, { amount: '1' }, { 'x-person': person })),
      )
      expect(new Set(answers.map(({ version }) => version)).size).toBe(1)
    }
    await server.stop()
  })

  it('copies requests to a shadow, compares, and never answers by it', async () => {
    const close = await writePackage(numberOfText(100), { model: 'copy', version: 9 })
    const [live, shadow] = [versions[0]!, versions[1]!]
    const server = await startServer({
      versions: [live, { ...shadow, role: 'shadow' }, { ...close, role: 'shadow' }],
    })
    for (const amount of ['1', '2', '3']) expect(await ask(server, { amount })).toMatchObject({ version: 1 })
    await server.predict({ rows: people.map((_, index) => ({ amount: String(index) })) })
    for (let compared = 0; compared < 86;) {
      const { statistics } = await server.heard('statistics')
      compared = Object.values(statistics.shadow).reduce((sum, each) => sum + each.compared, 0)
    }
    const { shadow: counted, versions: answered } = await server.stop()
    expect(counted).toEqual({
      'total:2': {
        compared: 43,
        agreed: 0,
        dropped: 0,
        difference: { count: 43, sum: 4300, sumOfSquares: 430_000 },
      },
      'copy:9': { compared: 43, agreed: 43, dropped: 0, difference: { count: 43, sum: 0, sumOfSquares: 0 } },
    })
    expect(answered).toMatchObject({
      'total:1': { rows: 43 },
      'total:2': { role: 'shadow', requests: 0, rows: 43 },
    })
    await rm(close.folder, { recursive: true, force: true })
  })

  it('sheds copies before it holds up an answer', async () => {
    const server = await startServer({ versions: [versions[0]!, { ...versions[1]!, role: 'shadow' }] })
    const rows = Array.from({ length: 3_000 }, (_, index) => ({ amount: String(index) }))
    expect((await server.predict({ rows })).status).toBe(200)
    const { dropped, compared } = (await server.stop()).shadow['total:2']!
    expect(dropped).toBeGreaterThan(2_000)
    expect(dropped + compared).toBeLessThanOrEqual(3_000)
  })

  const fallbacks: [string, ServerConfiguration['fallback'], Partial<Total>][] = [
    ['a constant', { kind: 'constant', answer: -1 }, { prediction: -1, version: 0 }],
    [
      'a rule',
      { kind: 'rule', expression: "if(starts_with(amount, 'm'), 7, 8)" },
      { prediction: 7, version: 0 },
    ],
  ]
  it.each(fallbacks)('answers by %s where the model fails, and says so', async (_, fallback, answer) => {
    const server = await startServer({ versions: [versions[0]!], configuration: { fallback } })
    expect(await ask(server, { amount: 'many' })).toMatchObject({ ...answer, fallback: true })
    expect(await ask(server, { amount: '5' })).toMatchObject({ prediction: 105, version: 1 })
    expect(await server.stop()).toMatchObject({
      errors: { model: 1 },
      versions: { 'total:1': { requests: 1, errors: 1 }, fallback: { requests: 1 } },
    })
  })

  it('answers by another version where the first takes too long', async () => {
    const fallback = { kind: 'version' as const, version: versions[2]! }
    const server = await startServer({ versions: [versions[0]!], configuration: { fallback, timeoutMs: 0 } })
    expect(await ask(server, { amount: '5' })).toMatchObject({ prediction: 305, version: 3, fallback: true })
    await server.configure({ fallback: { kind: 'none' } })
    const late = await server.predict({ amount: '5' })
    expect(late.status).toBe(504)
    expect(await late.json()).toMatchObject({ error: { code: 'server.timeout' } })
    expect(await server.stop()).toMatchObject({ errors: { timeout: 2 } })
  })

  it('gives no probabilities of one model the names of another’s classes', async () => {
    const classes = await Promise.all(
      [
        ['no', 'yes'],
        ['yes', 'no'],
      ].map((order, index) => writePackage(sharesOfText(order), { model: 'share', version: index + 1 })),
    )
    const [first, second] = [classes[0]!, classes[1]!]
    const fallback = { kind: 'version' as const, version: second }
    const late = await startServer({ versions: [first], configuration: { fallback, timeoutMs: 0 } })
    const answer = await ask(late, { amount: '0.25' })
    expect(answer).toMatchObject({ version: 2, fallback: true, prediction: 0.25 })
    expect(answer).not.toHaveProperty('probabilities')
    const split = await startServer({ versions: classes, configuration: { stickyBy: 'person' } })
    const rows = people.map((person) => ({ person, amount: '0.25' }))
    const mixed = await split.predict({ rows })
    expect(mixed.status).toBe(422)
    expect(await mixed.json()).toMatchObject({ error: { code: 'server.mixed-versions' } })
    await Promise.all([late.stop(), split.stop()])
    for (const { folder } of classes) await rm(folder, { recursive: true, force: true })
  })

  it('fails where a rule has no answer, or none of the right kind', async () => {
    const fallback = { kind: 'rule' as const, expression: 'amount' }
    const server = await startServer({ versions: [versions[0]!], configuration: { fallback } })
    expect((await server.predict({ amount: 'many' })).status).toBe(500)
    await server.stop()
  })
})
