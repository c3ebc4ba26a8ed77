import { createServer, type Server } from 'node:http'
import { describe, expect, it } from 'vitest'
import { findPort } from '../../../../src/serving/deployments/find-port.ts'
import { latencyBounds, type VersionStatistics } from '../../../../src/serving/server-protocol.ts'
import { openBench, specOf, threeRows } from './deployments-bench.ts'

const isOn = ({ state }: { state: string }): boolean => state === 'on'

describe('a deployment', () => {
  it('is green once every held-out row was answered as by batch scoring', async () => {
    const { deployments, reference, until, states, workspace, servers } = await openBench()
    reference.set('m1', threeRows)
    deployments.resume()
    deployments.apply({ spec: specOf() })
    deployments.switchOn({ name: 'churn' })
    const { versions, address } = await until(isOn)
    expect(states).toEqual(['off', 'starting', 'verifying', 'on'])
    expect(versions).toMatchObject([
      { model: 'churn', version: 1, isServed: true, verification: { state: 'verified', rows: 3 } },
    ])
    const report = await workspace.artifacts.read('report', versions[0]!.verification.report!)
    expect(report.data).toMatchObject({
      type: 'serving-verification',
      metrics: { rows: 3, differing: 0 },
      content: { identical: true, single: 3, part: 'test' },
    })
    expect([...servers.running].map(({ requests }) => requests)).toEqual([4])
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('does not answer where a single answer differs', async () => {
    const { deployments, reference, until, servers } = await openBench()
    reference.set('m1', threeRows)
    servers.answer = ({ tenure }) => ({ prediction: tenure === 2 ? 'No' : 'Yes' })
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { error, versions } = await until(({ state }) => state === 'failed')
    expect(error).toMatchObject({ code: 'deployment.answers-differ', values: { differing: 1, rows: 3 } })
    expect(versions[0]!.verification).toMatchObject({ state: 'failed' })
    expect(servers.running.size).toBe(0)
  })

  it('says that it waits for reference data where there is none', async () => {
    const { deployments, until } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { versions } = await until(isOn)
    expect(versions[0]!.verification).toMatchObject({
      state: 'waiting',
      problem: { code: 'deployment.no-reference' },
    })
  })

  it('is not started by a host that nobody stays with', async () => {
    const { deployments, servers, until } = await openBench()
    deployments.apply({ spec: specOf() })
    expect(deployments.switchOn({ name: 'churn' })).toEqual({ isStarted: false })
    expect(deployments.describe('churn')).toMatchObject({ isOn: true, state: 'off' })
    expect(servers.started).toEqual([])
    deployments.resume()
    await until(isOn)
  })

  it('starts again when its process ends, at the same address', async () => {
    const { deployments, until, servers, states } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { address } = await until(isOn)
    ;[...servers.running][0]!.end({ code: null, signal: 'SIGSEGV' })
    const again = await until(({ state, processes }) => state === 'on' && processes[0]!.restarts === 1)
    expect(again).toMatchObject({ address, error: null, processes: [{ state: 'ready' }] })
    expect(states.slice(-3)).toEqual(['on', 'restarting', 'on'])
  })

  it('says why it cannot start', async () => {
    const { deployments, until, servers } = await openBench()
    servers.endsAtStart = true
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { error } = await until(({ state }) => state === 'failed')
    expect(error).toMatchObject({
      code: 'deployment.not-started',
      message: 'The server of “churn” ended before it answered, with the exit code 1.',
    })
    servers.endsAtStart = false
    deployments.switchOn({ name: 'churn' })
    await until(isOn)
  })

  it('loads a version that its alias has come to mean without traffic, verifies it, and goes over', async () => {
    const { deployments, reference, until, servers, workspace } = await openBench()
    reference.set('m2', threeRows)
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    await until(isOn)
    workspace.tracking.models.setAlias({ model: 'churn', alias: 'champion', version: 2, now: 2 })
    const { versions } = await until(({ versions }) => versions[0]!.version === 2 && versions[0]!.isServed)
    expect(versions).toMatchObject([{ version: 2, verification: { state: 'verified' } }])
    expect(
      servers.configured.map(({ versions }) => versions.map(({ version, weight }) => [version, weight])),
    ).toEqual([
      [[1, 1]],
      [
        [1, 1],
        [2, 0],
      ],
      [[2, 1]],
    ])
    expect(workspace.tracking.deployments.history('churn')[0]).toMatchObject({
      what: 'version-changed',
      note: 'churn:2',
    })
  })

  it('stays with the version it has where the next one answers otherwise than it should', async () => {
    const { deployments, reference, until, servers, workspace } = await openBench()
    reference.set('m2', threeRows)
    servers.answer = (_, version) => ({ prediction: version === 'churn:2' ? 'No' : 'Yes' })
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    await until(isOn)
    workspace.tracking.models.setAlias({ model: 'churn', alias: 'champion', version: 2, now: 2 })
    const { error } = await until(({ state }) => state === 'degraded')
    expect(error).toMatchObject({ code: 'deployment.answers-differ' })
    const [server] = servers.running
    expect(server!.configuration!.versions.map(({ version }) => version)).toEqual([1])
    workspace.tracking.models.setAlias({ model: 'churn', alias: 'champion', version: 1, now: 3 })
    await until(isOn)
  })

  it('goes on where its alias means nothing any more, and says so', async () => {
    const { deployments, until, workspace } = await openBench()
    const { models } = workspace.tracking
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { address } = await until(isOn)
    models.removeAlias({ model: 'churn', alias: 'champion', now: 2 })
    const astray = await until(({ state }) => state === 'degraded')
    expect(astray).toMatchObject({ address, error: { code: 'registry.unknown-alias' } })
    models.setAlias({ model: 'churn', alias: 'champion', version: 1, now: 3 })
    expect(await until(isOn)).toMatchObject({ address, error: null })
  })

  it('starts by itself once its port is free', async () => {
    const { deployments, until, workspace } = await openBench()
    const { other, port } = await occupyPort()
    deployments.resume()
    deployments.apply({ spec: specOf({ port }), isOn: true })
    const { error } = await until(({ state }) => state === 'failed')
    expect(error).toMatchObject({ code: 'deployment.port-taken' })
    other.close()
    expect(await until(isOn)).toMatchObject({ address: `http://127.0.0.1:${port}`, error: null })
    const failures = workspace.tracking.deployments.history('churn').filter(({ what }) => what === 'failed')
    expect(failures).toHaveLength(1)
  })

  it('goes on as before where a change is refused', async () => {
    const { deployments, until, servers } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    await until(isOn)
    servers.refuses = ({ timeoutMs }) => (timeoutMs === 50 ? 'No.' : null)
    deployments.apply({ spec: specOf({ timeoutMs: 50 }) })
    await until(({ state, error }) => state === 'degraded' && error?.message === 'No.')
    deployments.apply({ spec: specOf({ timeoutMs: 500 }) })
    await until(isOn)
    expect([...servers.running][0]!.configuration!.timeoutMs).toBe(500)
  })

  it('goes over to more processes, or another port, before the others end', async () => {
    const { deployments, until, servers } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { address } = await until(isOn)
    deployments.apply({ spec: specOf({ workers: 2 }) })
    const wider = await until(({ processes }) => processes.length === 2)
    expect(wider.address).toBe(address)
    expect(servers.started.map(({ worker }) => worker)).toEqual([0, 1, 2])
    await until(() => servers.running.size === 2)
  })

  it('keeps its port, and what is wished for, between hosts', async () => {
    const { deployments, until, workspace } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const { address } = await until(isOn)
    await deployments.close()
    const next = await openBench({ workspace })
    next.deployments.resume()
    expect(await next.until(isOn)).toMatchObject({ address })
    await next.deployments.switchOff('churn')
    expect(next.deployments.describe('churn')).toMatchObject({ state: 'off', isOn: false })
    expect(next.servers.running.size).toBe(0)
  })

  it('runs for as long as it is tied, whatever is stored', async () => {
    const { deployments, until } = await openBench()
    const untie = deployments.tie({ spec: specOf() })
    expect(await until(isOn)).toMatchObject({ isTied: true, isOn: false })
    await untie()
    expect(deployments.describe('churn')).toMatchObject({ state: 'off', revision: 1 })
  })

  it('stays as it is where serving it otherwise is refused', async () => {
    const { deployments, until, servers } = await openBench()
    deployments.resume()
    deployments.apply({ spec: specOf(), isOn: true })
    const before = await until(isOn)
    const otherwise = specOf({ port: 8_749, versions: [{ reference: 'churn:2' }] })
    expect(() => deployments.tie({ spec: otherwise })).toThrow(
      expect.objectContaining({ code: 'deployment.on-already' }),
    )
    expect(deployments.describe('churn')).toEqual(before)
    expect(servers.configured).toHaveLength(1)
  })

  it.each([
    ['a model that there is not', { versions: [{ reference: 'chrun' }] }, 'registry.unknown-model'],
    ['an alias that there is not', { versions: [{ reference: 'churn@beta' }] }, 'registry.unknown-alias'],
    [
      'a fallback that there is not',
      { fallback: { kind: 'version', reference: 'churn:9' } },
      'registry.unknown-version',
    ],
    ['everybody without a token', {}, 'deployment.exposed-without-token'],
  ])('is neither made nor changed to serve %s', async (_, fields, code) => {
    const isExposed = code === 'deployment.exposed-without-token'
    const exposure = isExposed ? { host: '0.0.0.0', token: null, allowedHosts: [] } : null
    const { deployments, servers } = await openBench()
    const serve = () => deployments.tie({ spec: specOf(fields), exposure })
    expect(serve).toThrow(expect.objectContaining({ code }))
    expect(deployments.list()).toEqual([])
    deployments.apply({ spec: specOf({ timeoutMs: 50 }) })
    const before = deployments.describe('churn')
    expect(serve).toThrow(expect.objectContaining({ code }))
    expect(deployments.describe('churn')).toEqual(before)
    expect(servers.started).toEqual([])
  })

  it('is as it was before where it cannot listen as it shall', async () => {
    const { deployments, until, states } = await openBench()
    const exposure = { host: '192.0.2.1', token: 'a token for a test', allowedHosts: [] }
    const end = deployments.tie({ spec: specOf(), exposure })
    await expect.poll(() => deployments.list()).toEqual([])
    expect(states).toEqual(['off', 'starting', 'failed', 'off'])
    await end()
    deployments.apply({ spec: specOf({ timeoutMs: 50 }) })
    deployments.tie({ spec: specOf({ timeoutMs: 500, workers: 2 }), exposure })
    const { spec } = await until(({ state, revision }) => state === 'off' && revision === 3)
    expect(spec).toEqual(specOf({ timeoutMs: 50 }))
  })

  it('stays, with its log, where its process was what failed', async () => {
    const { deployments, until, servers } = await openBench()
    servers.endsAtStart = true
    deployments.tie({ spec: specOf() })
    const { error } = await until(({ state }) => state === 'failed')
    expect(error).toMatchObject({ code: 'deployment.not-started' })
  })

  it('is never exposed without a token', async () => {
    const { deployments } = await openBench()
    deployments.apply({ spec: specOf() })
    const exposure = { host: '0.0.0.0', token: null, allowedHosts: [] }
    expect(() => deployments.switchOn({ name: 'churn', exposure })).toThrow(
      expect.objectContaining({ code: 'deployment.exposed-without-token' }),
    )
  })

  it('takes a canary that does worse out of the traffic until it is changed', async () => {
    const { deployments, until, servers, workspace } = await openBench()
    const versions = [
      { reference: 'churn:1', weight: 9 },
      { reference: 'churn:2', role: 'canary', weight: 1 },
    ]
    deployments.resume()
    deployments.apply({ spec: specOf({ versions }), isOn: true })
    await until(isOn)
    ;[...servers.running][0]!.tell({
      versions: {
        'churn:1': counted({ version: 1, role: 'live', requests: 900, errors: 0 }),
        'churn:2': counted({ version: 2, role: 'canary', requests: 280, errors: 20 }),
      },
    })
    expect(deployments.canary('churn')).toMatchObject({ state: 'watched', requests: 300 })
    const rolledBack = await until(({ versions: [, canary] }) => canary!.isRolledBack && !canary!.isServed)
    expect(rolledBack.state).toBe('on')
    expect([...servers.running][0]!.configuration!.versions.map(({ version }) => version)).toEqual([1])
    expect(workspace.tracking.deployments.history('churn')[1]).toMatchObject({
      what: 'rolled-back',
      note: 'churn:2: 6.7 % of its 300 requests failed, where 2.0 % are allowed',
    })
    expect(deployments.canary('churn')).toMatchObject({ state: 'rolled-back' })
  })
})

it('a port that another program has is not shared', async () => {
  const { other, port: wished } = await occupyPort()
  const wish = { name: 'churn', host: '127.0.0.1', wished, purpose: 'http', kept: new Set<number>() } as const
  await expect(findPort({ ...wish, patienceMs: 0 })).rejects.toMatchObject({
    code: 'deployment.port-taken',
    values: { port: wished },
  })
  other.close()
})

async function occupyPort(): Promise<{ other: Server; port: number }> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen({ port: 0, host: '127.0.0.1', reusePort: true }, resolve))
  const address = other.address()
  return { other, port: typeof address === 'object' && address !== null ? address.port : 0 }
}

const counted = (
  fields: Pick<VersionStatistics, 'version' | 'role' | 'requests' | 'errors'>,
): VersionStatistics => ({
  model: 'churn',
  rows: fields.requests,
  lastAt: null,
  latency: { counts: latencyBounds.map((_, index) => (index === 3 ? fields.requests : 0)), sum: 1 },
  labels: {},
  value: { count: 0, sum: 0, sumOfSquares: 0 },
  ...fields,
})
