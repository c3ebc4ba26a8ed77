import type { Workspace } from '../storage/open-workspace.ts'
import type { RunRecord } from '../storage/runs.ts'
import { runError } from './errors.ts'

/** How far back the beginning of an id is looked for. */
const searchedRuns = 10_000

/** The run that an id, the beginning of one, or `latest` means. */
export function findRun({ paths, tracking }: Workspace, reference: string): RunRecord {
  const exact = tracking.runs.get(reference)
  if (exact) return exact
  const runs = tracking.runs.list({ limit: reference === 'latest' ? 1 : searchedRuns })
  if (runs.length === 0) throw runError('none', { folder: paths.folder })
  const meant = reference === 'latest' ? runs : runs.filter(({ id }) => id.startsWith(reference))
  if (meant.length === 0) throw runError('unknown', { run: reference, folder: paths.folder })
  if (meant.length > 1) throw runError('ambiguous', { run: reference, count: meant.length })
  return meant[0]!
}
