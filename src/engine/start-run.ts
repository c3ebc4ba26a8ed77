import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { formatPipeline } from '../core/format-pipeline.ts'
import { reportOf } from '../core/errors.ts'
import type { EngineParts } from './engine-parts.ts'
import { createPlan } from './plan-run.ts'
import type { PreparedRun } from './prepare-run.ts'
import { openPreviousSteps } from './previous-steps.ts'
import { removeFolder } from './remove-folder.ts'
import type { RunSummary } from './run-events.ts'
import type { RunFeed } from './run-feed.ts'
import { openRunJournal, type RunJournal } from './run-journal.ts'
import { openRunLog, type RunLog } from './run-log.ts'
import { createItemRunner } from './run-item.ts'
import { runPipeline } from './run-pipeline.ts'
import type { RunRequest } from './run-request.ts'
import { createRunTally } from './run-tally.ts'
import { surroundSteps } from './step-surroundings.ts'

interface StartOptions {
  parts: EngineParts
  request: RunRequest
  prepared: PreparedRun
  feed: RunFeed
  signal: AbortSignal
}

/** Records a run and sets it going. `finished` rejects only if what happens cannot be written down. */
export function startRun(options: StartOptions): { id: string; finished: Promise<RunSummary> } {
  const { parts, request, prepared, feed } = options
  const { tracking, paths } = parts.workspace
  const id = randomBytes(5).toString('hex')
  const { pipeline, parameters = {}, to = null, from = null } = request
  tracking.transaction(() => {
    tracking.runs.create({
      id,
      pipelineId: pipeline.id,
      pipelineName: pipeline.name,
      document: formatPipeline(prepared.document),
      parameters,
      scope: { to, from },
      startedAt: Date.now(),
      hostPid: process.pid,
    })
    request.onCreated?.(id)
  })
  const { holdsBack = false } = request
  const journal = openRunJournal({ workspace: parts.workspace, run: id, feed, holdsBack })
  const log = openRunLog(join(paths.logs, `${id}.log`))
  journal.note({
    events: [
      {
        event: 'run-started',
        pipelineId: pipeline.id,
        pipelineName: pipeline.name,
        pipelinePath: request.path,
        steps: prepared.steps.map(({ node, definition, title, needs }) => ({
          node,
          type: definition.id,
          title,
          needs,
        })),
        logFile: log.file,
      },
    ],
  })
  return { id, finished: finish({ ...options, id, journal, log }) }
}

async function finish(
  options: StartOptions & { id: string; journal: RunJournal; log: RunLog },
): Promise<RunSummary> {
  const { parts, request, prepared, feed, signal, id, journal, log } = options
  const { tracking, artifacts, paths } = parts.workspace
  const staging = join(paths.staging, id)
  const tally = createRunTally()
  const lookup = ({ key }: { key: string }) => artifacts.cached(key)
  const previousOf = openPreviousSteps(tracking, { pipelineId: request.pipeline.id, before: id })
  const plan = createPlan({
    ...prepared.planOptions,
    lookup,
    previous: previousOf(prepared.steps.map(({ node }) => node)),
  })
  const runItem = createItemRunner(parts, { lookup, previousOf, tally })
  try {
    const artifactRoots = [paths.artifacts]
    const run = surroundSteps(parts, prepared, {
      artifactRoots,
      staging,
      journal,
      log,
      signal,
      tally,
      runItem,
    })
    const summary = await runPipeline({
      plan,
      run,
      tally,
      steps: prepared.steps,
      skipped: prepared.skipped,
    })
    journal.finish(summary)
    return summary
  } catch (thrown) {
    log.write('run', thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown))
    tryTo(() => journal.finish({ ...tally.summary(), status: 'failed', errors: [reportOf(thrown)] }))
    throw thrown
  } finally {
    feed.end()
    await Promise.all([removeFolder(staging), log.close()])
  }
}

/** What kept the run from being written down may well keep its end from being written down. */
function tryTo(work: () => void): void {
  try {
    work()
  } catch {
    // The next host marks the run as interrupted.
  }
}
