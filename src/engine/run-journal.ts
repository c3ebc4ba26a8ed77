import { checkDeployment } from '../core/check-deployment.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import type { StagedArtifact } from '../storage/artifact-folders.ts'
import { meantModel } from '../storage/meant-model.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { ResultRecord } from '../storage/results.ts'
import type { StepRecord } from '../storage/steps.ts'
import type { Effect } from '../node-kit/run-context.ts'
import { wishOf } from './effects.ts'
import type { RunEvent, RunEventBody, RunSummary } from './run-events.ts'
import type { RunFeed } from './run-feed.ts'
import type { HostCalls, JobOutput } from './worker-protocol.ts'

/** A step's record without what the journal knows. */
export type StepEntry = Omit<StepRecord, 'runId'>

/** A source's content, as a step read it. */
export interface SourceRead {
  source: string
  contentHash: string
  table: JobOutput
}

/** Where a run writes down what happens. Events are stored before they are told. */
export interface RunJournal {
  /** What happens on the way; a loss of power may take it back, up to the last end of a step. */
  note(entry: { steps?: readonly StepEntry[]; events: readonly RunEventBody[] }): void
  /** The end of a step that was executed, with all that it made. */
  commit(entry: {
    step: StepEntry
    result?: ResultRecord
    artifacts: readonly StagedArtifact[]
    sources: readonly SourceRead[]
    event: RunEventBody
  }): Promise<void>
  /** What a step wrote and its items need, before the step has ended. */
  commitArtifacts(artifacts: readonly StagedArtifact[]): Promise<void>
  progress(event: RunEventBody & { event: 'step-progress' }): void
  register(
    request: Parameters<HostCalls['models.register']>[0],
    metrics: Readonly<Record<string, number>>,
  ): ReturnType<HostCalls['models.register']>
  resolve: HostCalls['models.resolve']
  /** `node` made the wish. */
  deploy(
    request: Parameters<HostCalls['deployments.apply']>[0],
    node: string,
  ): ReturnType<HostCalls['deployments.apply']>
  /** `node` made the wish. */
  retrain(policy: RetrainingPolicy, node: string): ReturnType<HostCalls['retraining.apply']>
  watch: HostCalls['monitors.apply']
  finish(summary: RunSummary): void
}

const isHeldBack = ({ kind }: Effect): boolean =>
  kind === 'registered-model' || kind === 'deployment' || kind === 'retraining' || kind === 'monitor'

/** What a reference to a model means. */
export function meantBy(
  reference: string,
  { models }: Workspace['tracking'],
): ReturnType<HostCalls['models.resolve']> {
  const { artifact, model, version } = models.resolve(reference)
  return { artifact, model, version }
}

/** The journal of a run in the workspace's tracking database. See `RunRequest.holdsBack`. */
export function openRunJournal(options: {
  workspace: Workspace
  run: string
  feed: RunFeed
  holdsBack?: boolean
}): RunJournal {
  const { workspace, run, feed, holdsBack = false } = options
  const { tracking, artifacts } = workspace
  let lastSequence = 0
  const stamped = (events: readonly RunEventBody[]) =>
    events.map((event) => ({ ...event, run, at: Date.now() }))
  const tell = (events: readonly RunEvent[]): void => {
    lastSequence = events.at(-1)?.sequence ?? lastSequence
    for (const event of events) feed.tell(event)
  }
  return {
    note({ steps = [], events }) {
      const stored = tracking.note(() => {
        for (const step of steps) tracking.steps.save({ ...step, runId: run })
        return tracking.events.append(run, stamped(events))
      })
      tell(stored)
    },
    async commit({ step, result, artifacts: staged, sources, event }) {
      const now = Date.now()
      for (const { source, contentHash, table } of sources)
        tracking.dataVersions.record({
          source,
          contentHash,
          rows: table.rows ?? 0,
          columns: table.columns ?? [],
          runId: run,
          now,
        })
      const stored = await artifacts.commitStep({
        step: { ...step, runId: run },
        // A later run does what this one held back.
        ...(result && !(holdsBack && result.effects.some(isHeldBack)) && { result }),
        artifacts: staged,
        events: stamped([event]),
        now,
      })
      tell(stored)
    },
    commitArtifacts: (staged) => artifacts.commitArtifacts(staged, { now: Date.now() }),
    progress(event) {
      feed.tell({ ...event, run, at: Date.now(), sequence: lastSequence })
    },
    register({ model, artifact, aliases, description, unlessWorse }, metrics) {
      const made = tracking.models.register({
        model,
        artifact,
        aliases: holdsBack ? [] : aliases,
        ...(description !== undefined && { description }),
        ...(unlessWorse && { unlessWorse }),
        runId: run,
        metrics,
        now: Date.now(),
      })
      return { model, ...made }
    },
    resolve: ({ reference }) => meantBy(reference, tracking),
    async deploy({ spec, isOn }, node) {
      const { name } = spec
      const now = Date.now()
      // A wish for a model that is not there is refused here, where it is written down.
      for (const { reference, role } of spec.versions) if (role === 'live') tracking.models.resolve(reference)
      await checkDeployment(spec, (reference) => meantModel(workspace, reference))
      return tracking.transaction(() => {
        const before = tracking.deployments.find(name)
        if (holdsBack) return { name, changed: false, isOn: before?.isOn ?? false, wish: wishOf(spec) }
        const pipelineId = tracking.runs.get(run)?.pipelineId
        const madeBy = pipelineId === undefined ? null : { pipelineId, node }
        const { changed } = tracking.deployments.apply({ spec, madeBy, now })
        const deployment =
          isOn === null ? tracking.deployments.get(name) : tracking.deployments.switch({ name, isOn, now })
        const isSwitched = (before?.isOn ?? false) !== deployment.isOn
        return { name, changed: changed || isSwitched, isOn: deployment.isOn, wish: wishOf(spec) }
      })
    },
    retrain(policy, node) {
      const { deployment } = policy
      const wish = wishOf(policy)
      const before = tracking.retraining.find(deployment)
      if (holdsBack) return { changed: false, isOn: before?.isOn ?? true, wish }
      const { pipelineId, document, parameters } = tracking.runs.get(run)!
      const [started] = tracking.events.after(run, 0, 1)
      const path = String(started!['pipelinePath'])
      const made = tracking.retraining.apply({
        policy,
        source: { pipelineId, path, node, document, parameters },
        now: Date.now(),
      })
      return { ...made, wish }
    },
    watch({ deployment, spec }) {
      const wish = wishOf(spec)
      const before = tracking.monitors.spec(deployment)
      const changed = !holdsBack && (before === null || wishOf(before) !== wish)
      if (changed) tracking.monitors.keepSpec(deployment, spec, Date.now())
      return { changed, wish }
    },
    finish(summary) {
      const stored = tracking.transaction(() => {
        tracking.runs.finish({ id: run, status: summary.status, finishedAt: Date.now(), summary })
        return tracking.events.append(run, stamped([{ event: 'run-finished', ...summary }]))
      })
      tell(stored)
    },
  }
}
