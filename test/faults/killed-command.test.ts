import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../src/engine/run-events.ts'
import { openWorkspace } from '../../src/storage/open-workspace.ts'
import { createRandom } from '../../src/tables/random.ts'
import { ExampleWorkspace } from '../acceptance/example-workspace.ts'
import { statesOf } from '../fixtures/stub-nodes/open-stub-engine.ts'
import { nodesThat, useExample } from './use-example.ts'

const kills = 20
/** Another one each time; `KILL_SEED` repeats one. */
const seed = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000)

const example = useExample('telco-churn')

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
          example.renew()
          committed = []
        }
      }
      const last = await example.workspace.run()
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
  const { child, outcome } = example.start('run', example.workspace.file, '--json')
  await Promise.race([delay(milliseconds), outcome])
  child.kill('SIGKILL')
  const { code, signal, stdout } = await outcome
  expect(code ?? signal).toBe(signal === null ? 0 : 'SIGKILL')
  // The last line may be cut off.
  const lines = stdout.split('\n').slice(0, -1)
  return { isKilled: signal !== null, states: statesOf(lines.map((line) => JSON.parse(line) as RunEvent)) }
}

/** The last run is done, like one that nobody disturbed; nothing is left over, damaged or there twice. */
async function expectWholeWorkspace(hashes: Record<string, string>): Promise<void> {
  const { workspace } = example
  expect(await workspace.hashes()).toEqual(hashes)
  example.expectNothingStaged()
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
