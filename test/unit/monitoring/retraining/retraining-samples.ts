import type { Challenge } from '../../../../src/contract/challenge.ts'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import type { MonitorPoint } from '../../../../src/core/monitor.ts'
import { retrainingPolicySchema, type RetrainingPolicy } from '../../../../src/core/retraining.ts'
import type { RunHandle } from '../../../../src/engine/open-engine.ts'
import { openRetraining, type Retraining } from '../../../../src/monitoring/retraining/open-retraining.ts'
import type { RetrainingParts, TrialState } from '../../../../src/monitoring/retraining/retraining-parts.ts'
import type { Workspace } from '../../../../src/storage/open-workspace.ts'
import { hostedWorkspace, newStep } from '../../storage/storage-samples.ts'

const document = JSON.stringify({
  format: 1,
  id: 'churn',
  name: 'Churn',
  nodes: { register: { type: 'serving.register', version: 1, params: { name: 'churn' } } },
})

/** Numbers by which a challenger is clearly better. */
export const betterChallenge: Challenge = {
  metric: 'accuracy',
  frozen: {
    outcome: 'measured',
    rows: 500,
    excluded: 0,
    champion: 0.9,
    challenger: 0.9,
    gain: 0,
    low: -0.005,
    high: 0.005,
  },
  newest: {
    outcome: 'measured',
    rows: 300,
    excluded: 0,
    champion: 0.8,
    challenger: 0.9,
    gain: 0.1,
    low: 0.05,
    high: 0.15,
  },
  slices: [],
  latency: {
    champion: { p50Ms: 0.1, p99Ms: 0.2, answers: 200 },
    challenger: { p50Ms: 0.1, p99Ms: 0.2, answers: 200 },
  },
  sizeBytes: { champion: 10_000, challenger: 12_000 },
}

/** Everything around jobs that can be turned: what a run makes, what is measured, the clock. */
export class World {
  readonly workspace: Workspace
  now = 1_000_000
  challenge: Challenge | Error = betterChallenge
  runStatus: 'done' | 'failed' | 'cancelled' | 'never-ends' = 'done'
  made: string | null = 'challenger'
  trial: TrialState | null = null
  notAnswering: string | null = null
  labels = 0
  challenging: Promise<Challenge> | null = null
  countLabels: Error | null = null
  /** Since when labels were asked for last. */
  countedSince: number | null = null
  trainedOn = 't'
  distrust: string | null = null
  points: Partial<MonitorPoint>[] = []
  runs = 0
  readonly defects: unknown[] = []

  constructor(workspace: Workspace) {
    this.workspace = workspace
  }

  static async open(policy: object = {}): Promise<World> {
    const world = new World(await hostedWorkspace())
    world.#fill()
    world.wish(policy)
    return world
  }

  #fill(): void {
    const { tracking } = this.workspace
    const data = { type: '', metrics: {}, content: null }
    for (const hash of ['champion', 'challenger', 'other'])
      tracking.artifacts.put(
        { manifest: { kind: 'report', hash, data, refs: [], files: {} }, manifestSha256: hash },
        { now: 1 },
      )
    tracking.models.register({
      model: 'churn',
      artifact: 'champion',
      aliases: ['champion'],
      runId: null,
      metrics: {},
      now: 1,
    })
    const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }] })
    tracking.deployments.apply({ spec, madeBy: null, now: 1 })
    tracking.deployments.switch({ name: 'churn', isOn: true, now: 1 })
  }

  wish(policy: object): void {
    const wished: RetrainingPolicy = retrainingPolicySchema.parse({
      deployment: 'churn',
      model: 'churn@champion',
      promotion: { probationMinutes: 0 },
      ...policy,
    })
    this.workspace.tracking.retraining.apply({
      policy: wished,
      source: {
        pipelineId: 'churn',
        path: '/pipelines/churn.pipeline.json',
        node: 'retrain',
        document,
        parameters: {},
      },
      now: this.now,
    })
  }

  /** A host on what is stored; `workspace` may be one that fails. */
  host(workspace: Workspace = this.workspace): Retraining {
    const parts: Omit<RetrainingParts, 'onJob'> = {
      workspace: {
        ...workspace,
        artifacts: {
          ...workspace.artifacts,
          read: () => Promise.resolve({ data: { trainedOn: this.trainedOn } }) as never,
        },
      },
      startRun: (request) => this.#run(workspace, request),
      running: () => undefined,
      challenge: () =>
        this.challenging ??
        (this.challenge instanceof Error ? Promise.reject(this.challenge) : Promise.resolve(this.challenge)),
      trial: () => this.trial,
      notAnswering: () => this.notAnswering,
      monitors: {
        series: (_, { metric, version, from = 0, limit = 1_000 }) => ({
          points: this.points
            .filter((point) => point.metric === metric && point.version === version && point.to! >= from)
            .slice(-limit) as MonitorPoint[],
          isCut: false,
        }),
      },
      countLabels: ({ position, since }) => {
        this.countedSince = since
        if (this.countLabels) return Promise.reject(this.countLabels)
        const isNew = position['log'] !== this.labels
        return Promise.resolve({ position: isNew ? { log: this.labels } : position, labels: this.labels })
      },
      distrust: () => Promise.resolve(this.distrust),
      now: () => this.now,
      onDefect: (error) => void this.defects.push(error),
    }
    return openRetraining(parts)
  }

  /** To a version that nobody judged. */
  moveChampion(): void {
    const { models } = this.workspace.tracking
    const [aliases, metrics] = [['champion'], {}]
    models.register({ model: 'churn', artifact: 'other', aliases, runId: null, metrics, now: 3 })
  }

  #run(
    { tracking }: Workspace,
    { parameters = {}, onCreated, holdsBack }: Parameters<RetrainingParts['startRun']>[0],
  ): ReturnType<RetrainingParts['startRun']> {
    if (!holdsBack) throw new Error('a challenger must not be promoted by its run')
    const id = `run${++this.runs}`
    const [pipelineId, pipelineName] = ['churn', 'Churn']
    const scope = { to: null, from: null }
    tracking.transaction(() => {
      tracking.runs.create({
        id,
        pipelineId,
        pipelineName,
        document,
        parameters,
        scope,
        startedAt: this.now,
        hostPid: 1,
      })
      onCreated?.(id)
    })
    const { made, runStatus } = this
    const finished = (async () => {
      await Promise.resolve()
      if (runStatus === 'never-ends') return new Promise<never>(() => {})
      if (made !== null && runStatus === 'done') {
        tracking.models.register({
          model: 'churn',
          artifact: made,
          aliases: [],
          runId: id,
          metrics: {},
          now: this.now,
        })
        const outputs = { model: { kind: 'model', hash: made } } as const
        tracking.steps.save(newStep(id, 'register', { nodeType: 'serving.register', outputs, key: null }))
      }
      const summary = { status: runStatus, errors: [{ message: 'The column is missing.' }] }
      tracking.runs.finish({ id, status: runStatus, finishedAt: this.now, summary })
      return summary
    })()
    finished.catch(() => {})
    const run = { id, finished, events: () => [], cancel: () => {} } as unknown as RunHandle
    return Promise.resolve({ run, findings: [] })
  }

  /** Which version answers. */
  get champion(): number {
    return this.workspace.tracking.models.resolve('churn@champion').version
  }

  /** How often the alias was moved. */
  get moves(): (number | null)[] {
    return this.workspace.tracking.models.aliasHistory('churn').map(({ to }) => to)
  }
}
