import { join } from 'node:path'
import type { ReportData } from '../../core/artifacts.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { sha256OfText } from '../../files/sha256.ts'
import { openArtifactFolders } from '../../storage/artifact-folders.ts'
import type { Workspace } from '../../storage/open-workspace.ts'

/** Keeps a report as an artifact, and gives its hash. */
export async function storeReport({ paths, artifacts }: Workspace, data: ReportData): Promise<string> {
  const staging = join(paths.staging, 'monitoring')
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
