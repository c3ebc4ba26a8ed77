import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { sha256OfText } from '../../../src/files/sha256.ts'
import { openArtifactFolders, type StagedArtifact } from '../../../src/storage/artifact-folders.ts'
import type { ArtifactStore } from '../../../src/storage/artifact-store.ts'
import { openTracking, type Tracking } from '../../../src/storage/open-tracking.ts'
import { openWorkspace, type Workspace } from '../../../src/storage/open-workspace.ts'
import type { NewRun } from '../../../src/storage/runs.ts'
import type { StepRecord } from '../../../src/storage/steps.ts'
import type { WorkspacePaths } from '../../../src/storage/workspace-paths.ts'

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-storage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function temporaryTracking(): Tracking {
  const tracking = openTracking({ file: join(temporaryFolder(), 'tracking.db') })
  onTestFinished(() => tracking.close())
  return tracking
}

export async function hostedWorkspace(folder = temporaryFolder()): Promise<Workspace> {
  const answer = await openWorkspace(folder)
  if ('heldBy' in answer) throw new Error('the workspace is taken')
  onTestFinished(() => answer.workspace.close())
  return answer.workspace
}

export const newRun = (id: string, fields: Partial<NewRun> = {}): NewRun => ({
  id,
  pipelineId: 'telco',
  pipelineName: 'Telco churn',
  document: '{"format": 1}\n',
  parameters: { data: 'telco-churn.csv', limit: '0.1' },
  scope: { to: ['evaluate'], from: null },
  startedAt: 1_700_000_000_000,
  hostPid: 4242,
  ...fields,
})

export const newStep = (runId: string, nodeId: string, fields: Partial<StepRecord> = {}): StepRecord => ({
  runId,
  nodeId,
  nodeType: 'features.impute',
  state: 'done',
  key: `key of ${nodeId}`,
  ingredients: { params: { strategy: 'median' } },
  reason: { why: 'first-run' },
  startedAt: 1_700_000_000_100,
  finishedAt: 1_700_000_000_200,
  error: null,
  outputs: {},
  metrics: {},
  attempts: 1,
  ...fields,
})

/** A report artifact of some text, with that text in a file beside it. */
export async function stageReport(
  paths: Pick<WorkspacePaths, 'artifacts' | 'staging'>,
  text: string,
  refs: readonly string[] = [],
): Promise<StagedArtifact> {
  const folders = openArtifactFolders({ root: paths.artifacts, staging: paths.staging })
  const folder = await folders.stage()
  await writeFile(join(folder, 'report.txt'), text)
  const hash = sha256OfText(`${text} ${refs.join(' ')}`)
  await folders.write({
    kind: 'report',
    hash,
    data: { type: 'sample', metrics: {}, content: text },
    refs,
    folder,
  })
  return folders.written[0]!
}

/** Commits a step whose one output is the last of the artifacts, and whose key is `key of <node>`. */
export async function commitSample(
  store: ArtifactStore,
  { runId, nodeId, artifacts }: { runId: string; nodeId: string; artifacts: readonly StagedArtifact[] },
): Promise<void> {
  const outputs = { report: { kind: 'report', hash: artifacts.at(-1)!.hash } } as const
  await store.commitStep({
    step: newStep(runId, nodeId, { outputs }),
    result: {
      key: `key of ${nodeId}`,
      nodeType: 'features.impute',
      outputs,
      metrics: {},
      effects: [],
      notes: [],
      durationMs: 12.5,
      createdAt: 1_700_000_000_200,
    },
    artifacts,
    events: [{ event: 'step-finished', node: nodeId }],
    now: 1_700_000_000_200,
  })
}
