import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../src/core/deployment.ts'
import type { WorkspaceEvent } from '../../src/contract/workspace-event.ts'
import { webhookReceiver } from '../unit/monitoring/alerts/receivers.ts'
import { runCommand } from './run-command.ts'
import { stubComposition } from './stub-composition.ts'
import { TestWorkspace } from './test-workspace.ts'
import { openTransport, type OpenTransport } from './transports.ts'

const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })

describe('alerts over the contract', () => {
  const workspace = new TestWorkspace()
  let open: OpenTransport
  beforeAll(async () => {
    open = await openTransport('in-process', { folder: workspace.folder, composition: stubComposition })
    await open.client.deployments.apply({ spec })
  })
  afterAll(async () => {
    await open.close()
    workspace[Symbol.dispose]()
  })

  it('are silenced and heard again, and whoever looks is told', async () => {
    const { client } = open
    const stop = new AbortController()
    const events = await client.workspace.events(undefined, { signal: stop.signal })
    const { silence } = await client.alerts.silence({ deployment: 'churn', rule: 'errors', minutes: 5 })
    expect(await client.alerts.list({ deployment: 'churn' })).toEqual({ alerts: [], silences: [silence] })
    await client.alerts.endSilence({ number: silence.number })
    await client.alerts.test({ channel: 'app' })
    const told: WorkspaceEvent[] = []
    for await (const event of events) if (told.push(event) === 3) break
    stop.abort()
    expect(told).toMatchObject([
      { event: 'alerts-changed', deployment: 'churn' },
      { event: 'alerts-changed', deployment: null },
      { event: 'alert-raised', channel: 'app', title: 'test: This is a test' },
    ])
    await expect(client.alerts.silence({ deployment: 'chrun', minutes: 5 })).rejects.toMatchObject({
      code: 'registry.unknown-deployment',
    })
  })

  it('are told where a person trusts a program', async () => {
    const { client } = open
    const argv = [process.execPath, '-e', '0']
    const channel = { name: 'lamp', target: { kind: 'command' as const, argv } }
    await expect(client.alerts.keepChannel({ channel })).rejects.toMatchObject({
      code: 'alert.untrusted-command',
    })
    const { channels } = await client.alerts.keepChannel({ channel, trust: true })
    expect(channels.map(({ name }) => name)).toEqual(['app', 'desktop', 'lamp'])
    expect(await client.alerts.test({ channel: 'lamp' })).toMatchObject({ problem: null })
    expect((await client.alerts.removeChannel({ name: 'lamp' })).channels).toHaveLength(2)
  })
})

describe('pipewright alerts', () => {
  const workspace = new TestWorkspace()
  const pipewright = (...args: string[]) => runCommand(args, { cwd: workspace.folder })
  beforeAll(async () => {
    const open = await openTransport('in-process', { folder: workspace.folder, composition: stubComposition })
    await open.client.deployments.apply({ spec })
    await open.close()
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('keeps channels, tries them out, and says what is wrong with one', async () => {
    const { url, received } = await webhookReceiver([500])
    const target = JSON.stringify({ kind: 'webhook', url, format: 'cloudevents' })
    expect((await pipewright('alerts', 'channels', 'keep', 'team', target)).code).toBe(0)
    expect((await pipewright('alerts', 'channels')).stdout).toMatch(/^team +cloudevents at http/m)
    expect(await pipewright('alerts', 'test', 'team')).toMatchObject({
      code: 1,
      stdout: 'team did not take it: it answered with status 500.\n',
    })
    expect(JSON.parse(received[0]!.body)).toMatchObject({ type: 'dev.pipewright.alert.firing' })
    workspace.write('mail.json', '{"kind":"email","host":"smtp.example","from":"nobody","to":[]}')
    const wrong = await pipewright('alerts', 'channels', 'keep', 'mail', 'mail.json')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('mail.json: target.from') as string,
    })
    const lamp = await pipewright('alerts', 'channels', 'keep', 'lamp', '{"kind":"command","argv":["lamp"]}')
    expect(lamp).toMatchObject({ code: 2, stderr: expect.stringContaining('--trust') as string })
  })

  it('silences, lists and hears again', async () => {
    const silenced = await pipewright('alerts', 'silence', 'churn', 'errors', '--hours', '2', '--note', 'ok')
    expect(silenced.stdout).toMatch(/^Silence 1: churn, errors, until .* \(ok\)\n$/)
    expect((await pipewright('alerts')).stdout).toBe(`No alert is open.\n${silenced.stdout}`)
    expect((await pipewright('alerts', 'unsilence', '1')).stdout).toBe('Silence 1 is over.\n')
  })

  it('writes what Grafana and Prometheus need, over what is there', async () => {
    workspace.write('grafana/pipewright-rules.yaml', 'groups: []')
    expect(await pipewright('export', 'grafana', 'churn', '-o', 'grafana')).toMatchObject({ code: 0 })
    const dashboard = JSON.parse(
      readFileSync(workspace.path('grafana/pipewright-dashboard.json'), 'utf8'),
    ) as {
      title: string
    }
    expect(dashboard.title).toBe('Pipewright')
    expect(readFileSync(workspace.path('grafana/pipewright-rules.yaml'), 'utf8')).toContain(
      'PipewrightDatasetDrift',
    )
  })
})
