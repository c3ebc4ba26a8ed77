import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import { hashOfLogState, markOf, readLogState, stateAtMark } from '../../../src/storage/log-state.ts'
import { deploymentLogFolder } from '../../../src/storage/workspace-paths.ts'
import { hostedWorkspace, newRun } from './storage-samples.ts'

const hour = 3_600_000

async function workspaceWithLog(now: number) {
  const workspace = await hostedWorkspace()
  const { tracking, paths } = workspace
  tracking.runs.create(newRun('a'))
  const data = { type: '', metrics: {}, content: null }
  tracking.artifacts.put(
    { manifest: { kind: 'report', hash: 'm1', data, refs: [], files: {} }, manifestSha256: 'm1' },
    { now: 1 },
  )
  tracking.models.register({ model: 'churn', artifact: 'm1', aliases: [], runId: 'a', metrics: {}, now: 1 })
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
  tracking.deployments.apply({ spec, madeBy: null, now: 1 })
  const folder = deploymentLogFolder(paths, 'churn')
  await mkdir(folder, { recursive: true })
  const file = (kind: string, hours: number): string =>
    join(folder, `${kind}-${String(now - hours * hour).padStart(15, '0')}-1-0000000a.log`)
  await writeFile(file('predictions', 30), 'old')
  await writeFile(file('feedback', 1), 'young')
  await writeFile(join(folder, 'notes.txt'), 'not of the log')
  return { workspace, file, read: async () => (await readLogState(workspace, 'churn'))! }
}

describe('how far a log is written', () => {
  it('is the size of each of its files, and another one once they grow, or another model answers', async () => {
    const { workspace, file, read } = await workspaceWithLog(Date.now())
    const before = await read()
    expect(before).toMatchObject({ model: 'm1' })
    expect(new Set(Object.values(before.ends))).toEqual(new Set([3, 5]))
    expect(hashOfLogState(await read())).toBe(hashOfLogState(before))
    await appendFile(file('feedback', 1), 'er')
    expect(hashOfLogState(await read())).not.toBe(hashOfLogState(before))
    expect(hashOfLogState({ ...before, model: 'm2' })).not.toBe(hashOfLogState(before))
    expect(await readLogState(workspace, 'other')).toBeNull()
    workspace.tracking.deployments.remove('churn')
    expect(await readLogState(workspace, 'churn')).toBeNull()
  })

  it('can be gone back to while no file of it was retired', async () => {
    const now = Date.now()
    const { file, read } = await workspaceWithLog(now)
    const before = await read()
    const mark = markOf(before, now)
    expect(Object.keys(mark.open)).toHaveLength(1)
    await appendFile(file('feedback', 1), 'er')
    await writeFile(file('predictions', 0), 'new')
    const later = { ...(await read()), model: 'm2' }
    expect(hashOfLogState(stateAtMark(later, mark))).toBe(hashOfLogState(before))
    await rm(file('predictions', 30))
    expect(hashOfLogState(stateAtMark(await read(), mark))).not.toBe(hashOfLogState(before))
  })
})
