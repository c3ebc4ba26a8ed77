import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/engine/run-events.ts'
import { openWorkspace } from '../../src/storage/open-workspace.ts'
import { createRandom } from '../../src/tables/random.ts'
import { childrenOf } from '../acceptance/children-of.ts'
import { ExampleWorkspace } from '../acceptance/example-workspace.ts'
import type { RunningCommand } from '../contract/run-command.ts'
import { statesOf } from '../fixtures/stub-nodes/open-stub-engine.ts'

const kills = 20
/** Another one each time; `KILL_SEED` repeats one. */
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)

let workspace: ExampleWorkspace
let started: RunningCommand[]

beforeEach(() => {
  workspace = new ExampleWorkspace('telco-churn')
  started = []
})
afterEach(async () => {
  for (const { child } of started) child.kill('SIGKILL')
  await Promise.all(started.map(({ outcome }) => outcome))
  workspace[Symbol.dispose]()
})

function start(...args: string[]): RunningCommand {
  const command = workspace.start(...args)
  started.push(command)
  return command
}

describe('`pipewright run`, killed with all that it had in its hands', () => {
  it(
    `at ${kills} random moments (seed ${seed}), runs no committed step again and comes to the same hashes`,
    { timeout: 300_000 },
    async () => {
      const { hashes, durationMs } = await undisturbed()
      const random = createRandom(seed)
      let committed: string[] = []
      for (let killed = 0; killed < kills;) {
        const { isKilled, states } = await killedAfter(random.unit() * durationMs)
        const again = committed.filter((node) => (states[node] ?? 'cached') !== 'cached')
        expect(again).toEqual([])
        if (isKilled) {
          killed++
          committed.push(...nodesThat(states, 'done'))
        } else {
          await expectWholeWorkspace(hashes)
          workspace[Symbol.dispose]()
          workspace = new ExampleWorkspace('telco-churn')
          committed = []
        }
      }
      const last = await workspace.run()
      expect(last.code).toBe(0)
      expect(nodesThat(last.states, 'cached')).toEqual(expect.arrayContaining(committed))
      await expectWholeWorkspace(hashes)
    },
  )
})

async function undisturbed(): Promise<{ hashes: Record<string, string>; durationMs: number }> {
  using other = new ExampleWorkspace('telco-churn')
  const startedAt = performance.now()
  expect(await other.run()).toMatchObject({ code: 0 })
  const durationMs = performance.now() - startedAt
  return { hashes: await other.hashes(), durationMs }
}

async function killedAfter(
  milliseconds: number,
): Promise<{ isKilled: boolean; states: Record<string, string> }> {
  const { child, outcome } = start('run', workspace.file, '--json')
  await Promise.race([delay(milliseconds), outcome])
  child.kill('SIGKILL')
  const { code, signal, stdout } = await outcome
  expect(code ?? signal).toBe(signal === null ? 0 : 'SIGKILL')
  // The last line may be cut off.
  const lines = stdout.split('\n').slice(0, -1)
  return { isKilled: signal !== null, states: statesOf(lines.map((line) => JSON.parse(line) as RunEvent)) }
}

const nodesThat = (states: Record<string, string>, state: string): string[] =>
  Object.keys(states).filter((node) => states[node] === state)

/** The last run is done, like one that nobody disturbed; nothing is left over, damaged or there twice. */
async function expectWholeWorkspace(hashes: Record<string, string>): Promise<void> {
  expect(await workspace.hashes()).toEqual(hashes)
  expectNothingStaged()
  const opened = await openWorkspace(workspace.folder)
  if ('heldBy' in opened) throw new Error('the workspace is still held')
  const { tracking, artifacts } = opened.workspace
  try {
    const done = tracking.runs
      .list({ limit: 100 })
      .flatMap(({ id }) => tracking.steps.ofRun(id))
      .filter(({ state }) => state === 'done')
      .map(({ nodeId }) => nodeId)
    expect(done.toSorted()).toEqual([...new Set(done)].toSorted())
    expect(tracking.models.versions('telco-churn')).toMatchObject([{ version: 1, aliases: ['champion'] }])
    expect((await artifacts.verify()).damaged).toEqual([])
  } finally {
    opened.workspace.close()
  }
}

const expectNothingStaged = (): void => expect(readdirSync(workspace.path('.pipewright/staging'))).toEqual([])

describe.skipIf(process.platform === 'win32')('a step worker that is killed', () => {
  it('has its step tried again; the command lives', async () => {
    const command = start('run', workspace.file)
    await command.saw('trees: started')
    killChildrenOf(command.child.pid!)
    const { code, stdout } = await command.outcome
    expect(code).toBe(0)
    expect(stdout).toMatch(/trees: .*again/)
    expect(stdout).toMatch(/: 11 executed, 0 cached/)
    expectNothingStaged()
  })

  it('every time fails its step with a message, and the next run goes on', async () => {
    const command = start('run', workspace.file)
    await command.saw('trees: started')
    while (command.child.exitCode === null && command.child.signalCode === null) {
      killChildrenOf(command.child.pid!)
      await delay(50)
    }
    const { code, stdout, stderr } = await command.outcome
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^error: The process that ran this step was ended from outside\.\n {2}at node \w+\n {2}\S.*\n$/,
    )
    expect(stdout).toMatch(/Failed in .*, 1 failed/)
    const again = await workspace.run()
    expect(again.code).toBe(0)
    expect(again.states).toMatchObject({ customers: 'cached', scale: 'cached', register: 'done' })
  })
})

describe.skipIf(process.platform === 'win32')('Ctrl-C, which every process of the command gets', () => {
  const pressCtrlC = ({ child }: RunningCommand): void => void process.kill(-child.pid!, 'SIGINT')

  it.each(['customers', 'trees'])(
    'during “%s” leaves nothing half-written, and the next run goes on',
    async (node) => {
      const command = workspace.startInGroup('run', workspace.file, '--json')
      started.push(command)
      await command.saw(`"node":"${node}","threads"`)
      pressCtrlC(command)
      const { code, stdout, stderr } = await command.outcome
      expect(stderr).toBe('')
      expect(code).toBe(3)
      expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
        /^\{"event":"run-finished","status":"cancelled","executed":\d+,"cached":0,"metrics":\{.*\}\}$/,
      )
      expectNothingStaged()
      const next = await workspace.run()
      expect(next.code).toBe(0)
      expect(next.states[node]).toBe('done')
      expect(nodesThat(next.states, 'cached')).toEqual(
        Object.keys(next.states).slice(0, Object.keys(next.states).indexOf(node)),
      )
    },
  )

  it('during a prediction leaves no answers', async () => {
    await workspace.run()
    const [header, ...lines] = workspace.read('telco-churn.csv').trimEnd().split('\n')
    workspace.write('many.csv', [header, ...Array.from({ length: 20 }, () => lines).flat()].join('\n'))
    const command = workspace.startInGroup('predict', 'telco-churn', 'many.csv', '-o', 'answers.csv')
    started.push(command)
    await command.saw('predict: started')
    pressCtrlC(command)
    const { code, stdout } = await command.outcome
    expect(code).toBe(3)
    expect(stdout).toContain('Cancelled in')
    expect(existsSync(workspace.path('answers.csv'))).toBe(false)
    expect(readdirSync(workspace.folder).filter((name) => name.includes('answers'))).toEqual([])
    expectNothingStaged()
  })
})

function killChildrenOf(parent: number): void {
  for (const pid of childrenOf(parent))
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
}
