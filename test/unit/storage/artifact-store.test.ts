import { existsSync } from 'node:fs'
import { readFile, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openArtifactFolders } from '../../../src/storage/artifact-folders.ts'
import { openArtifactStore } from '../../../src/storage/artifact-store.ts'
import { commitSample, hostedWorkspace, newRun, stageReport } from './storage-samples.ts'

async function workspaceWithResult() {
  const { paths, tracking, artifacts } = await hostedWorkspace()
  tracking.runs.create(newRun('a'))
  const rows = await stageReport(paths, 'rows')
  const table = await stageReport(paths, 'table', [rows.hash])
  await commitSample(artifacts, { runId: 'a', nodeId: 'split', artifacts: [rows, table] })
  return { paths, tracking, artifacts, rows: rows.hash, table: table.hash }
}

describe('the artifact store', () => {
  it('moves the outputs of a step into place and records its end', async () => {
    const { paths, tracking, artifacts, rows, table } = await workspaceWithResult()
    expect({
      files: (await readdir(artifacts.folder(table))).toSorted(),
      content: (await artifacts.read('report', table)).data.content,
      staged: await readdir(paths.staging),
      record: tracking.artifacts.get(table),
      size: tracking.artifacts.size(),
      result: (await artifacts.cached('key of split'))?.outputs,
      step: tracking.steps.get({ runId: 'a', nodeId: 'split' })?.state,
      events: tracking.events.after('a', 0),
    }).toMatchObject({
      files: ['manifest.json', 'report.txt'],
      content: 'table',
      staged: [],
      record: { kind: 'report', refs: [rows], sizeBytes: 5 },
      size: { count: 2, sizeBytes: 9 },
      result: { report: { kind: 'report', hash: table } },
      step: 'done',
      events: [{ event: 'step-finished', node: 'split', sequence: 1 }],
    })
  })

  it('keeps what is there when an equal artifact is committed again', async () => {
    const { paths, artifacts, rows, table } = await workspaceWithResult()
    const again = await stageReport(paths, 'table', [rows])
    await writeFile(join(again.folder, 'report.txt'), 'other bytes of equal meaning')
    await commitSample(artifacts, { runId: 'a', nodeId: 'again', artifacts: [again] })
    expect(again.hash).toBe(table)
    expect(await readFile(join(artifacts.folder(table), 'report.txt'), 'utf8')).toBe('table')
    expect(await readdir(paths.staging)).toEqual([])
  })

  it('keeps one of two equal artifacts that a step writes', async () => {
    const { paths } = await hostedWorkspace()
    const folders = openArtifactFolders({ root: paths.artifacts, staging: paths.staging })
    const report = {
      kind: 'report',
      hash: 'ab12',
      data: { type: 's', metrics: {}, content: 1 },
      refs: [],
    } as const
    await folders.write(report)
    await folders.write(report)
    expect({ written: folders.written.length, staged: (await readdir(paths.staging)).length }).toEqual({
      written: 1,
      staged: 1,
    })
    expect((await folders.read('report', 'ab12')).data.content).toBe(1)
  })

  it('tells a missing artifact and one of another kind from each other', async () => {
    const { artifacts, table } = await workspaceWithResult()
    await expect(artifacts.read('model', table)).rejects.toMatchObject({ code: 'artifact.wrong-kind' })
    await expect(artifacts.read('model', 'ff'.repeat(32))).rejects.toMatchObject({ code: 'artifact.missing' })
  })

  it('forgets a cached result whose artifact was deleted, however deep it lies', async () => {
    const { tracking, artifacts, rows } = await workspaceWithResult()
    await rm(artifacts.folder(rows), { recursive: true })
    expect(await artifacts.cached('key of split')).toBeNull()
    expect(tracking.results.get('key of split')).toBeNull()
  })

  it('replaces an artifact that was cut short once it is made again', async () => {
    const { paths, artifacts, rows } = await workspaceWithResult()
    await truncate(join(artifacts.folder(rows), 'report.txt'), 2)
    expect(await artifacts.cached('key of split')).toBeNull()
    const again = await stageReport(paths, 'rows')
    const table = await stageReport(paths, 'table', [again.hash])
    await commitSample(artifacts, { runId: 'a', nodeId: 'split', artifacts: [again, table] })
    expect(await readFile(join(artifacts.folder(rows), 'report.txt'), 'utf8')).toBe('rows')
    expect(await artifacts.cached('key of split')).not.toBeNull()
  })

  it.each(['report.txt', 'manifest.json'])(
    'finds a changed byte in %s and drops the artifact',
    async (file) => {
      const { tracking, artifacts, rows, table } = await workspaceWithResult()
      expect(await artifacts.verify()).toEqual({ checked: 2, damaged: [] })
      const path = join(artifacts.folder(rows), file)
      const bytes = await readFile(path)
      bytes[1]! ^= 1
      await writeFile(path, bytes)
      expect(await artifacts.verify()).toEqual({ checked: 2, damaged: [{ hash: rows, file }] })
      expect({
        dropped: existsSync(artifacts.folder(rows)),
        other: existsSync(artifacts.folder(table)),
        result: tracking.results.get('key of split'),
      }).toEqual({ dropped: false, other: true, result: null })
    },
  )

  it('does not drop what was made again while it was being verified', async () => {
    const { paths, tracking, artifacts, rows } = await workspaceWithResult()
    const before = tracking.artifacts.list()
    const verifying = openArtifactStore({
      paths,
      tracking: { ...tracking, artifacts: { ...tracking.artifacts, list: () => before } },
    })
    await truncate(join(artifacts.folder(rows), 'report.txt'), 2)
    const again = await stageReport(paths, 'rows')
    await writeFile(join(again.folder, 'second.txt'), 'other files of equal meaning')
    const folders = openArtifactFolders({ root: paths.artifacts, staging: paths.staging })
    const report = { type: 'sample', metrics: {}, content: 'rows' }
    await folders.write({ kind: 'report', hash: rows, data: report, refs: [], folder: again.folder })
    await commitSample(artifacts, { runId: 'a', nodeId: 'again', artifacts: [again] })
    expect(await verifying.verify()).toEqual({ checked: 2, damaged: [] })
    expect(existsSync(artifacts.folder(rows))).toBe(true)
  })

  it('tells a file that cannot be read now from one that is damaged', async () => {
    const { artifacts, rows } = await workspaceWithResult()
    const manifest = join(artifacts.folder(rows), 'manifest.json')
    await rm(manifest)
    // Stands for whatever keeps a file from being read: too many open files, a lock.
    await symlink('manifest.json', manifest)
    await expect(artifacts.cached('key of split')).rejects.toMatchObject({ code: 'ELOOP' })
    await expect(artifacts.verify()).rejects.toMatchObject({ code: 'ELOOP' })
    expect(existsSync(artifacts.folder(rows))).toBe(true)
  })

  it('forgets results by key and by node', async () => {
    const { tracking } = await workspaceWithResult()
    expect(tracking.results.forget({ pipelineId: 'telco', nodeId: 'train' })).toBe(0)
    expect(tracking.results.forget({ pipelineId: 'telco', nodeId: 'split' })).toBe(1)
    expect(tracking.results.forget({ key: 'key of split' })).toBe(0)
  })
})

describe('garbage collection', () => {
  async function workspaceWithRuns() {
    const workspace = await hostedWorkspace()
    const { paths, tracking, artifacts } = workspace
    const shared = await stageReport(paths, 'shared')
    for (const id of ['old', 'recent']) {
      tracking.runs.create(newRun(id))
      const used = id === 'old' ? [shared] : [await stageReport(paths, 'shared')]
      const staged = [...used, await stageReport(paths, id, [shared.hash])]
      await commitSample(artifacts, { runId: id, nodeId: `${id}-node`, artifacts: staged })
      tracking.runs.finish({ id, status: 'done', finishedAt: 1, summary: null })
    }
    const texts = async () => {
      const found: string[] = []
      for (const { hash } of tracking.artifacts.list())
        found.push(await readFile(join(artifacts.folder(hash), 'report.txt'), 'utf8'))
      return found.toSorted()
    }
    const hashOf = (runId: string) => tracking.steps.ofRun(runId)[0]!.outputs['report']!.hash
    return { ...workspace, texts, hashOf }
  }

  it('keeps the recent runs with all they refer to, and removes the rest with its results', async () => {
    const { artifacts, tracking, texts, hashOf } = await workspaceWithRuns()
    const dryRun = await artifacts.collectGarbage({ keepRuns: 1, dryRun: true })
    expect(await texts()).toEqual(['old', 'recent', 'shared'])
    const report = await artifacts.collectGarbage({ keepRuns: 1, dryRun: false })
    expect(report).toEqual({ removed: { count: 1, sizeBytes: 3 }, kept: { count: 2, sizeBytes: 12 } })
    expect(dryRun).toEqual(report)
    expect({
      left: await texts(),
      folder: existsSync(artifacts.folder(hashOf('old'))),
      results: ['key of old-node', 'key of recent-node'].map((key) => tracking.results.get(key) !== null),
    }).toEqual({ left: ['recent', 'shared'], folder: false, results: [false, true] })
  })

  it('keeps registered versions and pins', async () => {
    const { artifacts, tracking, texts, hashOf } = await workspaceWithRuns()
    const model = { model: 'churn', artifact: hashOf('old'), aliases: [], runId: 'old', metrics: {}, now: 1 }
    tracking.models.register(model)
    tracking.pins.replace('telco', [{ nodeId: 'x', port: 'report', artifact: hashOf('recent') }])
    await artifacts.collectGarbage({ keepRuns: 0, dryRun: false })
    expect(await texts()).toEqual(['old', 'recent', 'shared'])
  })

  it('keeps what a run in flight wrote, and what the cache answered it', async () => {
    const { paths, artifacts, tracking, texts } = await workspaceWithRuns()
    tracking.runs.create(newRun('running'))
    await artifacts.cached('key of old-node')
    const staged = [await stageReport(paths, 'new')]
    await commitSample(artifacts, { runId: 'running', nodeId: 'new-node', artifacts: staged })
    await artifacts.commitArtifacts([await stageReport(paths, 'for an item')], { now: 1 })
    await artifacts.collectGarbage({ keepRuns: 0, dryRun: false })
    expect(await texts()).toEqual(['for an item', 'new', 'old', 'shared'])
    tracking.runs.finish({ id: 'running', status: 'cancelled', finishedAt: 1, summary: null })
    await artifacts.collectGarbage({ keepRuns: 0, dryRun: false })
    expect(await texts()).toEqual([])
    expect(await readdir(paths.staging)).toEqual([])
  })

  it('never removes an equal artifact that is being committed meanwhile', async () => {
    const { paths, artifacts, tracking, texts } = await workspaceWithRuns()
    tracking.runs.create(newRun('running'))
    const shared = await stageReport(paths, 'shared')
    const staged = [shared, await stageReport(paths, 'old', [shared.hash])]
    await Promise.all([
      commitSample(artifacts, { runId: 'running', nodeId: 'old-node', artifacts: staged }),
      artifacts.collectGarbage({ keepRuns: 0, dryRun: false }),
    ])
    expect(await texts()).toEqual(['old', 'shared'])
  })

  it('leaves files alone that somebody else put there', async () => {
    const { artifacts, hashOf } = await workspaceWithRuns()
    const stray = join(artifacts.folder(hashOf('recent')), '..', '.DS_Store')
    await writeFile(stray, 'x')
    const report = await artifacts.collectGarbage({ keepRuns: 1, dryRun: false })
    expect(report).toMatchObject({ removed: { count: 1 } })
    expect(existsSync(stray)).toBe(true)
  })

  it('removes folders that a dead host moved into place but never recorded', async () => {
    const { paths, artifacts, tracking } = await workspaceWithRuns()
    const { hash } = await stageReport(paths, 'lost')
    const lost = openArtifactFolders({ root: paths.artifacts, staging: artifacts.folder(hash) })
    await writeFile(join(await lost.stage(), 'half'), 'x')
    const before = tracking.artifacts.size()
    const report = await artifacts.collectGarbage({ keepRuns: 5, dryRun: false })
    expect(report).toMatchObject({ removed: { count: 1 }, kept: before })
    expect(existsSync(artifacts.folder(hash))).toBe(false)
  })
})
