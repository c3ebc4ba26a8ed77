import { openArtifactFolders } from '../../../src/storage/artifact-folders.ts'
import type { Workspace } from '../../../src/storage/open-workspace.ts'

/** The next version of “churn”, the champion, with the classes “No” and “Yes”: what a model says of itself, without a graph. */
export async function registerClassifier(
  { paths, tracking, artifacts }: Workspace,
  artifact: string,
): Promise<void> {
  const folders = openArtifactFolders({ root: paths.artifacts, staging: paths.staging })
  const data = {
    task: 'binary' as const,
    target: { name: 'Churn', classes: ['No', 'Yes'], positive: 'Yes' },
    signature: { inputs: [], outputs: [] },
    features: [],
    learner: { type: 'sample', params: {} },
    trainedOn: '',
  }
  await folders.write({
    kind: 'model',
    hash: artifact,
    data,
    refs: [],
    folder: await folders.stage(),
  })
  await artifacts.commitArtifacts(folders.written, { now: 1 })
  const aliases = ['champion']
  tracking.models.register({ model: 'churn', artifact, aliases, runId: null, metrics: {}, now: 1 })
}
