import type { Workspace } from '../storage/open-workspace.ts'
import type { RunRecord } from '../storage/runs.ts'
import { runError } from './errors.ts'
import { isPrediction } from './prediction-id.ts'

/** How far back the beginning of an id is looked for. */
const searchedRuns = 10_000

/** The run that an id, the beginning of one, or `latest` means: the newest that is no prediction. */
export function findRun({ paths, tracking }: Workspace, reference: string): RunRecord {
  const exact = tracking.runs.get(reference)
  if (exact) return exact
  if (reference === 'latest') return latestRun(tracking) ?? noRun(paths.folder)
  const runs = tracking.runs.list({ limit: searchedRuns })
  if (runs.length === 0) noRun(paths.folder)
  const meant = runs.filter(({ id }) => id.startsWith(reference))
  if (meant.length === 0) throw runError('unknown', { run: reference, folder: paths.folder })
  if (meant.length > 1) throw runError('ambiguous', { run: reference, count: meant.length })
  return meant[0]!
}

/** Where nothing but predictions was run, the newest of them. */
function latestRun({ runs }: Workspace['tracking']): RunRecord | undefined {
  const [newest] = runs.list({ limit: 1 })
  for (let run = newest; run; run = runs.list({ limit: 1, before: run.id })[0])
    if (!isPrediction(run)) return run
  return newest
}

function noRun(folder: string): never {
  throw runError('none', { folder })
}

/** What to compare: a run that is named alone with the latest, and that with the one before it of its pipeline. */
export function findRunsToCompare(
  workspace: Workspace,
  named: { before: string; after?: string },
): { before: string; after: string } {
  const { id, pipelineId } = findRun(workspace, named.before)
  if (named.after !== undefined) return { before: id, after: findRun(workspace, named.after).id }
  const latest = findRun(workspace, 'latest')
  if (latest.id !== id) return { before: id, after: latest.id }
  const [earlier] = workspace.tracking.runs.list({ pipelineId, limit: 1, before: id })
  if (!earlier) throw runError('only-one', { run: id })
  return { before: earlier.id, after: id }
}
