import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import type { MonitorOverview } from '../../src/contract/monitoring-contract.ts'
import type { MonitorSpec } from '../../src/core/monitor.ts'
import type { LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import type { Promotion } from '../../src/contract/model-environments.ts'
import type { RunningCommand } from '../contract/run-command.ts'
import { childrenOf } from './children-of.ts'
import { ExampleWorkspace } from './example-workspace.ts'

const customer = { gender: 'Female', tenure: '8', Contract: 'Month-to-month', MonthlyCharges: 99.65 }

interface Ready {
  address: string
  versions: DeploymentInfo['versions']
}

interface Answer {
  prediction: string
  model: string
  version: number
  predictionId: string
}

describe('a model that is served', { timeout: 120_000 }, () => {
  let workspace: ExampleWorkspace
  let serving: RunningCommand
  let ready: Ready

  beforeAll(async () => {
    workspace = new ExampleWorkspace('telco-churn')
    const { code, stderr } = await workspace.run('--to', 'register')
    if (code !== 0) throw new Error(stderr)
    ;({ serving, ready } = await serve())
  }, 120_000)

  afterAll(() => workspace[Symbol.dispose]())

  async function serve(): Promise<{ serving: RunningCommand; ready: Ready }> {
    const started = workspace.start('serve', 'telco-churn@champion', '--workers', '1', '--json')
    await started.saw('"address"')
    return { serving: started, ready: JSON.parse(started.said()) as Ready }
  }

  async function ask(): Promise<Answer> {
    const response = await fetch(`${ready.address}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(customer),
    })
    expect(response.status).toBe(200)
    return (await response.json()) as Answer
  }

  const show = async (): Promise<DeploymentInfo> =>
    (await workspace.ask<{ deployment: DeploymentInfo }>('deployments', 'show', 'telco-churn')).deployment

  it('answers as batch scoring did for every held-out row, and is asked by the line that it prints', async () => {
    expect(ready.versions).toMatchObject([
      { model: 'telco-churn', version: 1, verification: { state: 'verified', rows: 1_408 } },
    ])
    expect(await ask()).toMatchObject({ prediction: 'Yes', model: 'telco-churn', version: 1 })
  })

  it('is seen by other commands, which read its log and say what was right', async () => {
    const { predictionId } = await ask()
    const log = async (): Promise<LoggedPrediction[]> => {
      const { stdout } = await workspace.pipewright('deployments', 'log', 'telco-churn', '--json')
      return stdout
        .trim()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LoggedPrediction]))
    }
    await expect
      .poll(log, { timeout: 20_000 })
      .toEqual(expect.arrayContaining([expect.objectContaining({ predictionId, answer: 'Yes' })]))
    const said = ['deployments', 'feedback', 'telco-churn', predictionId, 'No'] as const
    expect(await workspace.ask(...said)).toEqual({ accepted: 1, refused: [] })
    const records = await log()
    expect(records.find((each) => each.predictionId === predictionId)).toMatchObject({
      inputs: { tenure: 8, Partner: null },
      feedback: { label: 'No' },
    })
    const { stdout, code } = await workspace.pipewright(
      'deployments',
      'feedback',
      'telco-churn',
      predictionId.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      'No',
    )
    expect([code, stdout]).toEqual([1, expect.stringContaining('0 taken, 1 refused.')])
    workspace.write('answers.csv', `predictionId,label\n${predictionId},Yes\n,Yes\n`)
    const importing = [
      'import',
      'answers.csv',
      '--deployment',
      'telco-churn',
      '--id',
      'predictionId',
    ] as const
    const imported = await workspace.pipewright('labels', ...importing, '--left', 'left.csv')
    expect(imported).toMatchObject({ code: 1, stdout: expect.stringContaining('1 of 2 rows taken') })
    expect(workspace.read('left.csv')).toContain('It has no id.')
  })

  it('keeps the labelling functions that it has until others can vote', async () => {
    const vote = ['labels', 'vote', '--deployment', 'telco-churn'] as const
    const fresh = [{ name: 'fresh', expression: 'tenure < 3', label: 'Yes' }]
    workspace.write('fresh.json', JSON.stringify(fresh))
    await workspace.ask(...vote, '--functions', 'fresh.json')
    const broken = [
      { name: 'column', expression: 'age > 3', label: 'Yes' },
      { name: 'class', expression: 'tenure < 3', label: 'Maybe' },
    ]
    workspace.write('broken.json', JSON.stringify(broken))
    const refused = await workspace.pipewright(...vote, '--functions', 'broken.json')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/“column” cannot vote: .*age.* “class” cannot vote: “Maybe” is no class/)
    workspace.write('none.json', '[]')
    expect(await workspace.pipewright(...vote, '--functions', 'none.json')).toMatchObject({ code: 2 })
    const { functions } = await workspace.ask<{ functions: { name: string }[] }>(...vote)
    expect(functions.map(({ name }) => name)).toEqual(['fresh'])
  })

  it('is watched without any set-up: drift, expected accuracy, and quality once labels come', async () => {
    const [head, ...lines] = workspace
      .read('telco-churn.csv')
      .trim()
      .split('\n')
      .map((line) => line.split(','))
    const rows = lines.slice(0, 1_000).map((values) => {
      const row = Object.fromEntries(head!.map((name, at) => [name, values[at]!]))
      row['MonthlyCharges'] = String(Number(row['MonthlyCharges']) + 40)
      return row
    })
    const askAll = (): Promise<Response> =>
      fetch(`${ready.address}/predict`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rows }),
      })
    const { predictions } = (await (await askAll()).json()) as { predictions: { predictionId: string }[] }
    const truths = predictions.map(({ predictionId }, row) =>
      JSON.stringify({ predictionId, label: lines[row]!.at(-1) }),
    )
    workspace.write('truths.jsonl', truths.join('\n'))
    await workspace.ask('deployments', 'feedback', 'telco-churn', '--file', 'truths.jsonl')
    const { overview } = await workspace.ask<{ overview: MonitorOverview }>(
      'monitor',
      'telco-churn',
      '--report',
      'drift.html',
    )
    expect(overview).toMatchObject({
      driftedColumns: ['MonthlyCharges'],
      window: { version: 'telco-churn:1', rows: 1_000, labelled: expect.any(Number) as number },
    })
    const newest = new Map(overview.newest.map((point) => [point.metric, point]))
    expect(newest.get('quality-accuracy')).toMatchObject({ rows: overview.window!.labelled })
    expect(newest.get('expected-accuracy')!.value).toBeGreaterThan(0.6)
    expect(workspace.read('drift.html')).toContain('MonthlyCharges')
    workspace.write('monitor.json', JSON.stringify({ segments: ['Contract'], share: 0.2 }))
    const { spec, isOwn } = await workspace.ask<{ spec: MonitorSpec; isOwn: boolean }>(
      'monitor',
      'telco-churn',
      '--spec',
      'monitor.json',
    )
    expect([isOwn, spec.segments, spec.window]).toEqual([true, ['Contract'], { kind: 'rows', rows: 1_000 }])
    const metrics = await (await fetch(`${ready.address}/metrics`)).text()
    expect(metrics).toMatch(
      /pipewright_drift_share\{deployment="telco-churn",model="telco-churn",version="1"\} 0\.0/,
    )
    await (await askAll()).text()
    const { stdout } = await workspace.pipewright('monitor', 'telco-churn')
    expect(stdout).toMatch(/ segment +drift-share/)
    expect(stdout).toMatch(/ Contract = Month-to-month +0(\.\d+)?/)
  })

  it('is there again after its process was killed', async () => {
    const [{ pid } = { pid: null }] = (await show()).processes
    process.kill(pid!, 'SIGKILL')
    await serving.saw('It answers again.')
    expect(await ask()).toMatchObject({ prediction: 'Yes' })
  })

  it('is left alone by a second command that is refused', async () => {
    const { spec, revision } = await show()
    const said = ['serve', 'telco-churn:1', '--name', 'telco-churn', '--port', '8755'] as const
    const { code, stderr } = await workspace.pipewright(...said, '--fallback', 'constant:No')
    expect([code, stderr]).toEqual([2, expect.stringContaining('is on already')])
    expect(await show()).toMatchObject({ state: 'on', spec, revision, address: ready.address })
  })

  it('ends at Ctrl-C, at a second one though others use it, and is at the same address next time', async () => {
    const follower = workspace.start('deployments', 'log', 'telco-churn', '--follow')
    await follower.saw('Yes')
    serving.child.kill('SIGINT')
    await serving.saw('Waiting for 1 other command')
    serving.child.kill('SIGINT')
    expect(await follower.outcome).toMatchObject({ code: 1 })
    expect(await serving.outcome).toMatchObject({ code: 0 })
    expect(await show()).toMatchObject({ state: 'off', isOn: false })
    const { address } = ready
    ;({ serving, ready } = await serve())
    expect(ready.address).toBe(address)
  })

  it.skipIf(process.platform === 'win32')('leaves nothing behind when it is killed', async () => {
    const children = childrenOf(serving.child.pid!)
    expect(children.length).toBeGreaterThan(0)
    serving.child.kill('SIGKILL')
    await serving.outcome
    const isAlive = (pid: number): boolean => {
      try {
        return process.kill(pid, 0)
      } catch {
        return false
      }
    }
    await expect.poll(() => children.filter(isAlive), { timeout: 20_000 }).toEqual([])
  })

  it('is refused beyond this machine without a token', async () => {
    const { code, stderr } = await workspace.pipewright('serve', 'telco-churn', '--host', '0.0.0.0')
    expect(code).toBe(2)
    expect(stderr).toContain('could be asked by everybody who reaches this machine')
    const unknown = await workspace.pipewright('serve', 'nope')
    expect(unknown.code).not.toBe(0)
    const { deployments } = await workspace.ask<{ deployments: DeploymentInfo[] }>('deployments', 'list')
    expect(deployments.map(({ name }) => name)).toEqual(['telco-churn'])
  })

  it('leaves no deployment behind where its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const said = ['serve', 'telco-churn', '--name', 'second', '--port', String(port)] as const
    const { code, stderr } = await workspace.pipewright(...said)
    other.close()
    expect(code).toBe(1)
    expect(stderr).toContain('is used by another program')
    const { deployments } = await workspace.ask<{ deployments: DeploymentInfo[] }>('deployments', 'list')
    expect(deployments.map(({ name }) => name)).toEqual(['telco-churn'])
  })

  it('goes to production by an approval', async () => {
    const promote = ['models', 'promote', 'telco-churn@champion', 'production', '--note', 'better'] as const
    expect(await workspace.ask<{ promotion: Promotion }>(...promote)).toMatchObject({
      promotion: { state: 'waiting', version: 1, requestNote: 'better' },
    })
    const { stderr, code } = await workspace.pipewright('models', 'alias', 'telco-churn', 'production')
    expect([code, stderr]).toEqual([2, expect.stringContaining('is decided by promotions')])
    expect(await workspace.ask('models', 'approve', 'telco-churn', '--by', 'Ada')).toMatchObject({
      promotion: { state: 'approved', decidedBy: 'Ada' },
    })
    const { stdout } = await workspace.pipewright('models', 'environments', 'telco-churn')
    expect(stdout).toContain('production: version 1')
  })
})
