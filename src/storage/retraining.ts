import { canonicalJson } from '../core/canonical-json.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import { retrainingError } from './retraining-errors.ts'
import { createRetrainingJobs, type RetrainingJobs } from './retraining-jobs.ts'
import type { Sql } from './sql.ts'

/** How a deployment is retrained, as it is wished for. Times are epoch ms. */
export interface RetrainingRecord {
  deployment: string
  policy: RetrainingPolicy
  isOn: boolean
  /** The pipeline as it ran when this was wished for: what every job runs. */
  source: RetrainingSource
  /** The table whose test rows every challenger is held against; null before the first job. */
  frozenTable: string | null
  /** How far the feedback was counted. */
  feedbackPosition: Readonly<Record<string, number>>
  /** Answers that got a label since the last job, or since this was first wished for. */
  newLabels: number
  /** What fell due by its cron expression is seen up to here. */
  seenUntil: number
  revision: number
  createdAt: number
  changedAt: number
}

export interface RetrainingSource {
  pipelineId: string
  /** Absolute. */
  path: string
  node: string
  document: string
  parameters: Readonly<Record<string, string>>
}

export interface Retraining {
  /** Makes it, switched on, or changes what is wished for; an equal wish with an equal pipeline changes nothing. */
  apply(request: { policy: RetrainingPolicy; source: RetrainingSource; now: number }): {
    changed: boolean
    isOn: boolean
  }
  list(): RetrainingRecord[]
  find(deployment: string): RetrainingRecord | null
  /** A `retraining.none` error where there is none. */
  get(deployment: string): RetrainingRecord
  switch(request: { deployment: string; isOn: boolean }): RetrainingRecord
  freeze(request: { deployment: string; table: string }): void
  countLabels(request: {
    deployment: string
    position: Readonly<Record<string, number>>
    labels: number
  }): void
  seeUntil(request: { deployment: string; until: number }): void
  jobs: RetrainingJobs
}

interface PolicyRow {
  deployment: string
  policy: string
  isOn: 0 | 1
  pipelineId: string
  path: string
  node: string
  document: string
  parameters: string
  frozenTable: string | null
  feedbackPosition: string
  newLabels: number
  seenUntil: number
  revision: number
  createdAt: number
  changedAt: number
}

const select = `select deployment, policy, is_on as isOn, pipeline_id as pipelineId, pipeline_path as path,
  node_id as node, document, parameters, frozen_table as frozenTable, feedback_position as feedbackPosition,
  new_labels as newLabels, seen_until as seenUntil, revision, created_at as createdAt,
  changed_at as changedAt from retraining_policies`

export function createRetraining(sql: Sql): Retraining {
  const find = (deployment: string): RetrainingRecord | null => {
    const row = sql.get<PolicyRow>(`${select} where deployment = :deployment`, { deployment })
    return row ? recordOf(row) : null
  }
  const get = (deployment: string): RetrainingRecord => {
    const found = find(deployment)
    if (!found) throw retrainingError('none', { deployment })
    return found
  }
  return {
    find,
    get,
    list: () => sql.all<PolicyRow>(`${select} order by deployment`).map(recordOf),
    apply: (request) => sql.transaction(() => apply(sql, request, find(request.policy.deployment))),
    switch: ({ deployment, isOn }) =>
      sql.transaction(() => {
        get(deployment)
        sql.run('update retraining_policies set is_on = :on where deployment = :deployment', {
          deployment,
          on: isOn ? 1 : 0,
        })
        return get(deployment)
      }),
    freeze: ({ deployment, table }) =>
      void sql.run(
        `update retraining_policies set frozen_table = :table
         where deployment = :deployment and exists (select 1 from artifacts where hash = :table)`,
        { deployment, table },
      ),
    countLabels: ({ deployment, position, labels }) =>
      void sql.run(
        `update retraining_policies set feedback_position = :position, new_labels = :labels
         where deployment = :deployment`,
        { deployment, position: JSON.stringify(position), labels },
      ),
    seeUntil: ({ deployment, until }) =>
      void sql.run('update retraining_policies set seen_until = :until where deployment = :deployment', {
        deployment,
        until,
      }),
    jobs: createRetrainingJobs(sql),
  }
}

function apply(
  sql: Sql,
  { policy, source, now }: Parameters<Retraining['apply']>[0],
  before: RetrainingRecord | null,
): ReturnType<Retraining['apply']> {
  const wish = (wished: RetrainingPolicy, of: RetrainingSource): string =>
    canonicalJson({ policy: wished, source: { ...of } })
  if (before && wish(before.policy, before.source) === wish(policy, source))
    return { changed: false, isOn: before.isOn }
  const { pipelineId, path, node, document, parameters } = source
  const { deployment } = policy
  // Rows that were frozen for another model say nothing about this one.
  const isOther = before !== null && before.policy.model !== policy.model
  sql.run(
    `insert into retraining_policies (deployment, policy, is_on, pipeline_id, pipeline_path, node_id, document,
       parameters, frozen_table, feedback_position, new_labels, seen_until, revision, created_at, changed_at)
     values (:deployment, :policy, 1, :pipelineId, :path, :node, :document, :parameters, null, '{}', 0, :now, 1,
       :now, :now)
     on conflict (deployment) do update set policy = :policy, pipeline_id = :pipelineId, pipeline_path = :path,
       node_id = :node, document = :document, parameters = :parameters, revision = revision + 1,
       frozen_table = case when :isOther then null else frozen_table end, seen_until = :now, changed_at = :now`,
    {
      deployment,
      policy: canonicalJson(policy),
      pipelineId,
      path,
      node,
      document,
      parameters: JSON.stringify(parameters),
      isOther: isOther ? 1 : 0,
      now,
    },
  )
  return { changed: true, isOn: before?.isOn ?? true }
}

function recordOf({ pipelineId, path, node, document, parameters, ...row }: PolicyRow): RetrainingRecord {
  return {
    ...row,
    policy: JSON.parse(row.policy) as RetrainingPolicy,
    isOn: row.isOn === 1,
    feedbackPosition: JSON.parse(row.feedbackPosition) as RetrainingRecord['feedbackPosition'],
    source: {
      pipelineId,
      path,
      node,
      document,
      parameters: JSON.parse(parameters) as RetrainingSource['parameters'],
    },
  }
}
