import { canonicalJson } from '../core/canonical-json.ts'
import type { Json } from '../core/pipeline.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import { retrainingError } from './retraining-errors.ts'
import type {
  Advance,
  JobCause,
  JobMemory,
  JobOutcome,
  JobRecord,
  JobStep,
  JobStepRecord,
} from './retraining-job-record.ts'
import type { Sql } from './sql.ts'

export interface RetrainingJobs {
  /** A `retraining.goes-on` error while another job of the deployment goes on. Labels count from 0 again. */
  create(job: {
    deployment: string
    cause: JobCause
    causeReason: string
    askedBy: string | null
    policy: RetrainingPolicy
    path: string
    document: string
    parameters: Readonly<Record<string, string>>
    champion: { version: number; artifact: string } | null
    now: number
  }): JobRecord
  /** A `retraining.unknown-job` error where there is none. */
  get(number: number): JobRecord
  open(): JobRecord[]
  openOf(deployment: string): JobRecord | null
  /** The newest first. */
  list(request: { deployment: string; limit: number }): JobRecord[]
  steps(job: number): JobStepRecord[]
  /** The step that goes on: begun now unless it was before. */
  begin(request: { job: number; step: JobStep; now: number }): JobStepRecord
  /** The run of the step that goes on. */
  linkRun(request: { job: number; run: string }): void
  /** What the step that goes on waits for, or remembers. */
  remember(request: {
    job: number
    reason?: string
    memory?: JobMemory
    details?: Readonly<Record<string, Json>>
  }): void
  /** Ends the step that goes on; false, and nothing, where the job is at another. */
  advance(request: Advance): boolean
  /** Of a job that has ended with a promotion: the champion before is back. */
  takeBack(request: { job: number; reason: string; also: () => void; now: number }): boolean
}

interface JobRow {
  number: number
  deployment: string
  cause: JobCause
  causeReason: string
  askedBy: string | null
  policy: string
  path: string
  document: string
  parameters: string
  step: JobRecord['step']
  outcome: JobOutcome | null
  reason: string
  championVersion: number | null
  championArtifact: string | null
  challengerVersion: number | null
  challengerArtifact: string | null
  memory: string
  startedAt: number
  finishedAt: number | null
}

const selectJobs = `select number, deployment, cause, cause_reason as causeReason, asked_by as askedBy, policy,
  pipeline_path as path, document, parameters, step, outcome, reason, champion_version as championVersion,
  champion_artifact as championArtifact, challenger_version as challengerVersion,
  challenger_artifact as challengerArtifact, memory, started_at as startedAt, finished_at as finishedAt
  from retraining_jobs`
const selectSteps = `select job, number, step, state, reason, details, run_id as run, started_at as startedAt,
  finished_at as finishedAt from retraining_steps`

export function createRetrainingJobs(sql: Sql): RetrainingJobs {
  const get = (number: number): JobRecord => {
    const row = sql.get<JobRow>(`${selectJobs} where number = :number`, { number })
    if (!row) throw retrainingError('unknown-job', { job: number })
    return jobOf(row)
  }
  const openOf = (deployment: string): JobRecord | null => {
    const row = sql.get<JobRow>(`${selectJobs} where deployment = :deployment and finished_at is null`, {
      deployment,
    })
    return row ? jobOf(row) : null
  }
  const running = (job: number): JobStepRecord | null => {
    const row = sql.get<StepRow>(`${selectSteps} where job = :job and state = 'running'`, { job })
    return row ? stepOf(row) : null
  }
  const jobs: RetrainingJobs = {
    get,
    openOf,
    open: () =>
      sql.all<JobRow>(`${selectJobs} where finished_at is null order by number`).map((row) => jobOf(row)),
    list: ({ deployment, limit }) =>
      sql
        .all<JobRow>(`${selectJobs} where deployment = :deployment order by number desc limit :limit`, {
          deployment,
          limit,
        })
        .map((row) => jobOf(row)),
    steps: (job) => sql.all<StepRow>(`${selectSteps} where job = :job order by number`, { job }).map(stepOf),
    create: (job) =>
      sql.transaction(() => {
        const { deployment } = job
        const other = openOf(deployment)
        if (other) throw retrainingError('goes-on', { deployment, job: other.number })
        return create(sql, job, openOf)
      }),
    begin: ({ job, step, now }) =>
      sql.transaction(() => {
        const begun = running(job)
        if (begun) return begun
        sql.run(
          `insert into retraining_steps (job, number, step, state, reason, details, run_id, started_at, finished_at)
           values (:job, (select count(*) + 1 from retraining_steps where job = :job), :step, 'running', '', '{}',
             null, :now, null)`,
          { job, step, now },
        )
        return running(job)!
      }),
    linkRun: ({ job, run }) =>
      void sql.run(`update retraining_steps set run_id = :run where job = :job and state = 'running'`, {
        job,
        run,
      }),
    remember: ({ job, reason, memory, details }) =>
      sql.transaction(() => {
        if (reason !== undefined)
          sql.run('update retraining_jobs set reason = :reason where number = :job', { job, reason })
        if (memory)
          sql.run('update retraining_jobs set memory = :memory where number = :job', {
            job,
            memory: JSON.stringify(memory),
          })
        if (details)
          sql.run(`update retraining_steps set details = :details where job = :job and state = 'running'`, {
            job,
            details: JSON.stringify(details),
          })
      }),
    advance: (request) => sql.transaction(() => advance(sql, request, get(request.job))),
    takeBack: ({ job, reason, also, now }) =>
      sql.transaction(() => {
        if (get(job).outcome !== 'promoted') return false
        also()
        sql.run(
          `update retraining_jobs set outcome = 'rolled-back', reason = :reason, finished_at = :now
           where number = :job`,
          { job, reason, now },
        )
        return true
      }),
  }
  return jobs
}

function create(
  sql: Sql,
  { policy, champion, now, ...job }: Parameters<RetrainingJobs['create']>[0],
  openOf: RetrainingJobs['openOf'],
): JobRecord {
  const { deployment, cause, causeReason, askedBy, path, document, parameters } = job
  sql.run(
    `insert into retraining_jobs (deployment, cause, cause_reason, asked_by, policy, pipeline_path, document,
       parameters, step, outcome, reason, champion_version, champion_artifact, challenger_version,
       challenger_artifact, memory, started_at, finished_at)
     values (:deployment, :cause, :causeReason, :askedBy, :policy, :path, :document, :parameters, 'train', null, '',
       :version, :artifact, null, null, '{}', :now, null)`,
    {
      deployment,
      cause,
      causeReason,
      askedBy,
      policy: canonicalJson(policy),
      path,
      document,
      parameters: JSON.stringify(parameters),
      version: champion?.version ?? null,
      artifact: champion?.artifact ?? null,
      now,
    },
  )
  sql.run('update retraining_policies set new_labels = 0 where deployment = :deployment', { deployment })
  keepArtifacts(sql, deployment, champion ? [champion.artifact] : [])
  return openOf(deployment)!
}

function advance(sql: Sql, request: Advance, now: JobRecord): boolean {
  const { job, from, to, outcome = null, reason, state = 'done', details, memory, challenger, also } = request
  if (now.step !== from) return false
  also?.()
  sql.run(
    `update retraining_steps set state = :state, reason = :reason, finished_at = :at,
       details = coalesce(:details, details)
     where job = :job and state = 'running'`,
    { job, state, reason, at: request.now, details: details ? JSON.stringify(details) : null },
  )
  sql.run(
    `update retraining_jobs set step = :to, outcome = :outcome, reason = :reason, memory = :memory,
       challenger_version = coalesce(:version, challenger_version),
       challenger_artifact = coalesce(:artifact, challenger_artifact),
       finished_at = case when :to = 'end' then :at end
     where number = :job`,
    {
      job,
      to,
      outcome,
      reason,
      memory: JSON.stringify(memory ?? { ...now.memory, tries: 0 }),
      version: challenger?.version ?? null,
      artifact: challenger?.artifact ?? null,
      at: request.now,
    },
  )
  const { deployment, championArtifact } = now
  if (to === 'end') keepArtifacts(sql, deployment, [])
  else if (challenger)
    keepArtifacts(sql, deployment, [...(championArtifact ? [championArtifact] : []), challenger.artifact])
  return true
}

/** Versions are kept in any case; their tables are what a judgement reads. */
function keepArtifacts(sql: Sql, deployment: string, artifacts: readonly string[]): void {
  sql.run('delete from retraining_artifacts where deployment = :deployment', { deployment })
  for (const artifact of new Set(artifacts))
    sql.run(
      `insert into retraining_artifacts (deployment, artifact)
       select :deployment, hash from artifacts where hash = :artifact`,
      { deployment, artifact },
    )
}

interface StepRow extends Omit<JobStepRecord, 'details'> {
  details: string
}

const stepOf = (row: StepRow): JobStepRecord => ({
  ...row,
  details: JSON.parse(row.details) as JobStepRecord['details'],
})

function jobOf(row: JobRow): JobRecord {
  return {
    ...row,
    policy: JSON.parse(row.policy) as RetrainingPolicy,
    parameters: JSON.parse(row.parameters) as JobRecord['parameters'],
    memory: JSON.parse(row.memory) as JobMemory,
  }
}
