import {
  artifactFolder,
  openArtifactFolders,
  type ArtifactFolders,
  type StagedArtifact,
} from './artifact-folders.ts'
import { collectGarbage, type GarbageOptions, type GarbageReport } from './collect-garbage.ts'
import { commitArtifact, removeFolder, syncStaged } from './commit-artifact.ts'
import type { StepCommit } from './commit-step.ts'
import type { Stored } from './events.ts'
import { oneAtATime } from '../core/one-at-a-time.ts'
import type { Tracking } from './open-tracking.ts'
import type { ResultRecord } from './results.ts'
import { findDamage, isWhole } from './verify-artifact.ts'
import type { WorkspacePaths } from './workspace-paths.ts'

/** The host's hold on artifacts and what the database knows of them. */
export interface ArtifactStore {
  /** As in `ArtifactAccess`, of what is committed. */
  read: ArtifactFolders['read']
  folder: ArtifactFolders['folder']
  /** Moves a step's artifacts into place, durably, then records its end in one transaction; gives its events back. */
  commitStep<Event extends { readonly event: string }>(
    commit: Omit<StepCommit<Event>, 'artifacts'> & { artifacts: readonly StagedArtifact[] },
  ): Promise<Stored<Event>[]>
  /**
   * Moves artifacts into place before the end of the step that wrote them. They are safe from garbage collection until
   * no run is in flight.
   */
  commitArtifacts(artifacts: readonly StagedArtifact[], options: { now: number }): Promise<void>
  /**
   * The result of a key if all its artifacts are there; one whose artifacts are missing or cut is forgotten. Asked
   * during a run (after `runs.create`), the answer is safe from garbage collection until no run is in flight.
   */
  cached(key: string): Promise<ResultRecord | null>
  /** Reads all bytes of all artifacts; drops damaged ones and forgets the results that need them. */
  verify(): Promise<{ checked: number; damaged: { hash: string; file: string }[] }>
  collectGarbage(options: GarbageOptions): Promise<GarbageReport>
}

export function openArtifactStore(options: {
  paths: Pick<WorkspacePaths, 'artifacts' | 'staging'>
  tracking: Tracking
}): ArtifactStore {
  const { tracking } = options
  const { artifacts: root, staging: trash } = options.paths
  // Between an artifact's move into the store and its record, garbage collection must not look.
  const exclusively = oneAtATime()
  const folders = openArtifactFolders({ root, staging: trash })
  const answered = new Set<string>()
  const early = new Set<string>()
  // Looks once more, since a step may have made the artifact again, or garbage collection removed it.
  const dropIfDamaged = async (hash: string): Promise<string | null> => {
    const record = tracking.artifacts.get(hash)
    const file = record && (await findDamage({ root, ...record }))
    if (file === null) return null
    tracking.results.forget({ artifact: hash })
    await removeFolder(artifactFolder(root, hash), trash)
    return file
  }
  return {
    read: (kind, hash) => folders.read(kind, hash),
    folder: (hash) => artifactFolder(root, hash),
    async commitStep(commit) {
      for (const artifact of commit.artifacts) await syncStaged(artifact)
      return exclusively(async () => {
        const artifacts = []
        for (const artifact of commit.artifacts)
          artifacts.push(await commitArtifact(artifact, { root, trash }))
        return tracking.commitStep({ ...commit, artifacts })
      })
    },
    async commitArtifacts(staged, { now }) {
      for (const artifact of staged) await syncStaged(artifact)
      await exclusively(async () => {
        for (const { hash } of staged) early.add(hash)
        for (const artifact of staged)
          tracking.artifacts.put(await commitArtifact(artifact, { root, trash }), { now })
      })
    },
    cached: (key) =>
      exclusively(async () => {
        const result = await wholeResult(root, tracking, key)
        if (result) answered.add(key)
        return result
      }),
    async verify() {
      const records = tracking.artifacts.list()
      const damaged: { hash: string; file: string }[] = []
      for (const record of records) {
        if ((await findDamage({ root, ...record })) === null) continue
        const file = await exclusively(() => dropIfDamaged(record.hash))
        if (file !== null) damaged.push({ hash: record.hash, file })
      }
      return { checked: records.length, damaged }
    },
    collectGarbage: (garbage) =>
      exclusively(() => {
        if (tracking.runs.inFlight().length === 0) for (const safe of [answered, early]) safe.clear()
        return collectGarbage({ ...garbage, root, trash, tracking, keys: answered, held: early })
      }),
  }
}

async function wholeResult(root: string, tracking: Tracking, key: string): Promise<ResultRecord | null> {
  const result = tracking.results.get(key)
  if (!result) return null
  const seen = new Set<string>()
  const open = Object.values(result.outputs).map(({ hash }) => hash)
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (seen.has(hash)) continue
    seen.add(hash)
    if (!(await isWhole(root, hash))) {
      tracking.results.forget({ artifact: hash })
      return null
    }
    open.push(...(tracking.artifacts.get(hash)?.refs ?? []))
  }
  return result
}
