import { join } from 'node:path'
import type { Verification } from '../../contract/deployment-info.ts'
import type { ReferenceRows } from '../../contract/reference-rows.ts'
import type { ReportData } from '../../core/artifacts.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { Json } from '../../core/pipeline.ts'
import { sha256OfText } from '../../files/sha256.ts'
import { openArtifactFolders } from '../../storage/artifact-folders.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import type { LoadableVersion } from '../server-protocol.ts'
import type { EndpointClient } from './ask-endpoint.ts'
import { deploymentError } from './errors.ts'
import { replayRows, type Replay } from './replay-rows.ts'

/** Held-out rows that are replayed at most. */
export const replayedRows = 2_000

export type FinishedVerification = Verification & {
  state: 'verified' | 'waiting' | 'failed'
  at: number
}

export interface VerifyParts {
  workspace: Workspace
  /** Held-out rows of what a model learned from, with the answers of batch scoring. */
  reference: (artifact: string, limit: number) => Promise<ReferenceRows>
  client: EndpointClient
  replayKey: string
  signal: AbortSignal
}

/**
 * Replays held-out rows through a live endpoint and stores a report of it. `waiting` where there is nothing to compare
 * with; also gives the table it compared with.
 */
export async function verifyVersion(
  version: LoadableVersion,
  parts: VerifyParts,
): Promise<{ verification: FinishedVerification; table: string | null }> {
  const { workspace, reference, client, replayKey, signal } = parts
  const model = `${version.model}:${version.version}`
  const found = await reference(version.artifact, replayedRows)
  if (found.outcome === 'none') {
    const problem = deploymentError('no-reference', { model, reason: reasons[found.reason] }).toReport()
    const verification = { state: 'waiting', report: null, rows: 0, at: Date.now(), problem } as const
    return { verification, table: null }
  }
  const replay = await replayRows(client, { reference: found, version: model, replayKey, signal })
  const report = await storeReport(workspace, reportOf(version, { found, replay }))
  const { rows, differing } = replay
  return {
    table: found.table,
    verification: {
      state: differing === 0 ? 'verified' : 'failed',
      report,
      rows,
      at: Date.now(),
      problem:
        differing === 0 ? null : deploymentError('answers-differ', { model, rows, differing }).toReport(),
    },
  }
}

const reasons: Readonly<Record<(ReferenceRows & { outcome: 'none' })['reason'], string>> = {
  'no-table': 'the table it learned from is not in this workspace',
  'no-rows': 'the table it learned from has no row that a request could say',
  'other-columns': 'the table it learned from has other columns',
}

function reportOf(
  { model, version, artifact }: LoadableVersion,
  { found, replay }: { found: ReferenceRows & { outcome: 'rows' }; replay: Replay },
): ReportData {
  const { rows, single, differing, examples } = replay
  return {
    type: 'serving-verification',
    metrics: { rows, differing },
    content: {
      model,
      version,
      artifact,
      table: found.table,
      part: found.part,
      rows,
      single,
      unsayable: found.unsayable,
      identical: differing === 0,
      differing,
      examples: examples as unknown as Json,
    },
  }
}

async function storeReport({ paths, artifacts }: Workspace, data: ReportData): Promise<string> {
  const staging = join(paths.staging, 'verifications')
  const folders = openArtifactFolders({ root: paths.artifacts, staging })
  const { hash } = await folders.write({
    kind: 'report',
    hash: sha256OfText(canonicalJson(data)),
    data,
    refs: [],
  })
  await artifacts.commitArtifacts(folders.written, { now: Date.now() })
  return hash
}
