import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { oneAtATime } from '../core/one-at-a-time.ts'
import type { StagedArtifact } from '../storage/artifact-folders.ts'
import { commitArtifact } from '../storage/commit-artifact.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import { meantBy, type RunJournal, type StepEntry } from './run-journal.ts'

/** Keeps what a repeated run does out of the workspace. */
export interface ReproductionJournal extends RunJournal {
  /** The artifact store of the repeated run. */
  artifacts: string
  /** How each step ended. */
  ended: ReadonlyMap<string, StepEntry>
}

export function openReproductionJournal(options: {
  workspace: Workspace
  /** A folder of the repeated run's own. */
  folder: string
}): ReproductionJournal {
  const { workspace, folder } = options
  const root = join(folder, 'artifacts')
  const trash = join(folder, 'trash')
  const ended = new Map<string, StepEntry>()
  const inTurn = oneAtATime()
  const commitArtifacts = (artifacts: readonly StagedArtifact[]): Promise<void> =>
    inTurn(async () => {
      await mkdir(trash, { recursive: true })
      for (const artifact of artifacts) await commitArtifact(artifact, { root, trash })
    })
  return {
    artifacts: root,
    ended,
    note({ steps = [] }) {
      for (const step of steps) ended.set(step.nodeId, step)
    },
    async commit({ step, artifacts }) {
      await commitArtifacts(artifacts)
      ended.set(step.nodeId, step)
    },
    commitArtifacts,
    progress: () => {},
    register() {
      throw new TypeError('a node that registers models must be a sink')
    },
    deploy() {
      throw new TypeError('a node that wishes for an endpoint must be a sink')
    },
    retrain() {
      throw new TypeError('a node that wishes for retraining must be a sink')
    },
    watch() {
      throw new TypeError('a node that wishes for a monitor must be a sink')
    },
    resolve: ({ reference }) => meantBy(reference, workspace.tracking),
    finish: () => {},
  }
}
