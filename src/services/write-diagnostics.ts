import { writeFile } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { writeAtomically } from '../files/write-atomically.ts'
import type { Services } from './services.ts'
import { hostOf } from './services.ts'

const listedRuns = 50

/**
 * A file for a report of a problem, readable for whoever sends it. Of runs it has how they ended, never names of
 * files, columns or pipelines, nor values.
 */
export async function writeDiagnostics(services: Services): Promise<string> {
  const { workspace, version, settings } = hostOf(services)
  const { trustedFolders, ...shownSettings } = settings.read()
  const runs = workspace.tracking.runs.list({ limit: listedRuns })
  const diagnostics = {
    version,
    machine: {
      platform: platform(),
      release: release(),
      arch: arch(),
      node: process.version,
      electron: process.versions['electron'] ?? null,
      processors: cpus().length,
      memoryMb: Math.floor(totalmem() / 2 ** 20),
    },
    settings: { ...shownSettings, trustedFolders: trustedFolders.length },
    artifacts: workspace.tracking.artifacts.size(),
    nodeTypes: services.definitions.map(({ id, version }) => `${id} ${version}`),
    runs: runs.map((run) => ({
      status: run.status,
      startedAt: new Date(run.startedAt).toISOString(),
      durationMs: run.finishedAt === null ? null : run.finishedAt - run.startedAt,
      steps: workspace.tracking.steps.ofRun(run.id).map((step) => ({
        type: step.nodeType,
        state: step.state,
        attempts: step.attempts,
        durationMs: step.finishedAt && step.startedAt && step.finishedAt - step.startedAt,
        error: step.error && { code: step.error.code, kind: step.error.kind },
      })),
    })),
  }
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  const path = join(workspace.paths.logs, `diagnostics-${stamp}.json`)
  await writeAtomically(path, (file) => writeFile(file, `${JSON.stringify(diagnostics, null, 2)}\n`))
  return path
}
