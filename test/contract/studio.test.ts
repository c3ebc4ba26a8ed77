import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RPCLink } from '@orpc/client/websocket'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createClient, type Client } from '../../src/contract/create-client.ts'
import { startCommand, type RunningCommand } from './run-command.ts'
import { changing, TestWorkspace } from './test-workspace.ts'
import { redeem } from './transports.ts'

const addressOf = (text: string): string => /http:\/\/127\.0\.0\.1:\d+\/start\?token=[\w-]+/.exec(text)![0]

describe('pipewright studio', () => {
  const window = mkdtempSync(join(tmpdir(), 'pipewright-window-'))
  let workspace: TestWorkspace
  let started: RunningCommand[]

  beforeAll(() => {
    mkdirSync(join(window, 'assets'))
    writeFileSync(join(window, 'index.html'), '<!doctype html><html data-theme="system"></html>')
  })
  afterAll(() => rmSync(window, { recursive: true, force: true }))
  beforeEach(() => {
    started = []
    workspace = new TestWorkspace()
    workspace.write('lines.txt', 'a\nb\n')
  })
  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL')
    await Promise.all(started.map(({ outcome }) => outcome))
    workspace[Symbol.dispose]()
  })

  const studio = (...args: string[]): RunningCommand => {
    const env = { ...process.env, STUB_RENDERER: window, PIPEWRIGHT_SETTINGS: workspace.path('.settings') }
    const command = startCommand(['studio', '--no-open', ...args], { cwd: workspace.folder, env })
    started.push(command)
    return command
  }
  const connect = async (command: RunningCommand): Promise<Client> => {
    await command.saw('start?token=')
    const address = addressOf(command.said())
    const cookie = await redeem(address)
    const { host, origin } = new URL(address)
    const websocket = new WebSocket(`ws://${host}/api/socket`, { headers: { cookie }, origin })
    await new Promise((resolve, reject) => {
      websocket.once('open', resolve)
      websocket.once('error', reject)
    })
    return createClient({ link: new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket }) })
  }
  const startRun = async (client: Client): Promise<string> => {
    const text = workspace.pipelineText(changing({ behave: 'wait-for-cancel' }))
    const document = { path: workspace.path('test.pipeline.json'), text }
    const answer = await client.runs.start({ document, parameters: {}, trust: false, tied: false })
    if (answer.outcome === 'refused') throw new Error(JSON.stringify(answer.findings))
    return answer.run
  }

  it('works on the folder it is started in, and gives it back at Ctrl-C', async () => {
    const command = studio()
    const client = await connect(command)
    expect(await client.workspace.info()).toMatchObject({ hostPid: command.child.pid })
    expect(existsSync(workspace.path('.pipewright/host.lock.json'))).toBe(true)
    command.child.kill('SIGINT')
    expect(await command.outcome).toMatchObject({ code: 0 })
    expect(existsSync(workspace.path('.pipewright/host.lock.json'))).toBe(false)
  })

  it('waits for runs at Ctrl-C, and cancels them at the second', async () => {
    const command = studio()
    const client = await connect(command)
    await startRun(client)
    command.child.kill('SIGINT')
    await command.saw('Waiting for 1 job')
    command.child.kill('SIGINT')
    expect(await command.outcome).toMatchObject({ code: 0 })
  })

  it('shows the same workspace in a second one, through the first', async () => {
    const [first, second] = [studio(), studio(workspace.folder)]
    const clients = [await connect(first), await connect(second)]
    const infos = await Promise.all(clients.map((client) => client.workspace.info()))
    expect(infos[0]!.hostPid).toBe(infos[1]!.hostPid)
    expect([first.child.pid, second.child.pid]).toContain(infos[0]!.hostPid)
  })

  it('says so when the port is taken, or the folder is not there', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const taken = await studio('--port', String(port)).outcome
    expect([taken.code, taken.stderr]).toEqual([
      2,
      expect.stringContaining(`The port ${port} is used by another program.`),
    ])
    other.close()
    const missing = await studio('nowhere').outcome
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('There is no folder')])
  })
})
