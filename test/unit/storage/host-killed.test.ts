import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openWorkspace } from '../../../src/storage/open-workspace.ts'
import { hostedWorkspace, temporaryFolder } from './storage-samples.ts'

/** Starts a host that commits steps; gives its process once the first step is committed. */
async function startHost(folder: string) {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'host-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let told = -1
  host.stdout.setEncoding('utf8')
  host.stdout.on('data', (text: string) => (told = Number(text.trimEnd().split('\n').at(-1))))
  await once(host.stdout, 'data')
  const kill = async (): Promise<void> => {
    host.kill('SIGKILL')
    await once(host, 'close')
  }
  return { pid: host.pid!, kill, lastTold: () => told }
}

describe('a host that is killed', () => {
  it('gives its lock back at once', async () => {
    const folder = temporaryFolder()
    const host = await startHost(folder)
    expect(await openWorkspace(folder)).toEqual({
      heldBy: { pid: host.pid, startedAt: expect.any(Number) as number },
    })
    await host.kill()
    const { interruptedRuns } = await hostedWorkspace(folder)
    expect(interruptedRuns).toEqual([`run of ${host.pid}`])
  })

  it('leaves every step it told of whole, wherever it was', async () => {
    const folder = temporaryFolder()
    for (let round = 0; round < 10; round++) {
      const host = await startHost(folder)
      await sleep(7 * round)
      await host.kill()
      const answer = await openWorkspace(folder)
      if ('heldBy' in answer) throw new Error('the lock was not given back')
      const { paths, tracking, artifacts, interruptedRuns } = answer.workspace
      const runId = `run of ${host.pid}`
      const steps = tracking.steps.ofRun(runId)
      const cached = await Promise.all(steps.map(({ key }) => artifacts.cached(key!)))
      expect({
        interruptedRuns,
        staged: await readdir(paths.staging),
        missing: cached.filter((result) => result === null).length,
        damaged: (await artifacts.verify()).damaged,
        events: tracking.events.after(runId, 0).length,
        status: tracking.runs.get(runId)?.status,
      }).toEqual({
        interruptedRuns: [runId],
        staged: [],
        missing: 0,
        damaged: [],
        events: steps.length,
        status: 'interrupted',
      })
      expect(steps.length).toBeGreaterThan(host.lastTold())
      const { removed } = await artifacts.collectGarbage({ keepRuns: 100, dryRun: true })
      expect(removed.count).toBeLessThanOrEqual(2)
      await artifacts.collectGarbage({ keepRuns: 100, dryRun: false })
      answer.workspace.close()
    }
  })
})
