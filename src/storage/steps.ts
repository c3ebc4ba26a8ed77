import type { ArtifactKind } from '../core/artifacts.ts'
import type { ErrorReport } from '../core/errors.ts'
import type { MetricRecord, Metrics } from './metrics.ts'
import type { Sql } from './sql.ts'

export const stepStates = ['queued', 'running', 'cached', 'done', 'failed', 'skipped', 'cancelled'] as const
export type StepState = (typeof stepStates)[number]

/** A reference to an artifact at an output port. */
export interface StepOutput {
  kind: ArtifactKind
  hash: string
  rows?: number
}

export interface StepRecord {
  runId: string
  nodeId: string
  nodeType: string
  state: StepState
  /** Null as long as the key is not known (an input has not run). */
  key: string | null
  /** What the key was made of, as JSON: the engine's to write and to read. */
  ingredients: unknown
  /** Why the step ran, or did not, as JSON: the engine's to write and to read. */
  reason: unknown
  /** Epoch ms. */
  startedAt: number | null
  finishedAt: number | null
  error: ErrorReport | null
  outputs: Readonly<Record<string, StepOutput>>
  metrics: Readonly<Record<string, number>>
  attempts: number
}

export interface Steps {
  /** Writes the step of a run, or overwrites it; its metrics become those of the run. */
  save(step: StepRecord): void
  get(options: { runId: string; nodeId: string }): StepRecord | null
  ofRun(runId: string): StepRecord[]
  /** The node's last `done` or `cached` step in an earlier run of the pipeline: what reasons are worded against. */
  previousOfNode(options: { pipelineId: string; nodeId: string; beforeRunId: string }): StepRecord | null
}

interface StepRow {
  runId: string
  nodeId: string
  nodeType: string
  state: StepState
  key: string | null
  ingredients: string
  reason: string
  startedAt: number | null
  finishedAt: number | null
  error: string | null
  outputs: string
  attempts: number
}

const columns = `run_id as runId, node_id as nodeId, node_type as nodeType, state, key, ingredients, reason,
  steps.started_at as startedAt, steps.finished_at as finishedAt, error, outputs, attempts`

export function createSteps(sql: Sql, metrics: Metrics): Steps {
  const recordsOf = (rows: readonly StepRow[]): StepRecord[] => {
    const runIds = new Set(rows.map((row) => row.runId))
    const tracked = Map.groupBy(
      [...runIds].flatMap((runId) => metrics.ofRun(runId)),
      placeOf,
    )
    return rows.map((row) => recordOf(row, tracked.get(placeOf(row)) ?? []))
  }
  const first = (row: StepRow | undefined): StepRecord | null => (row ? recordsOf([row])[0]! : null)
  return {
    save: (step) => sql.transaction(() => saveStep(sql, metrics, step)),
    get: ({ runId, nodeId }) =>
      first(
        sql.get(`select ${columns} from steps where run_id = :runId and node_id = :nodeId`, {
          runId,
          nodeId,
        }),
      ),
    ofRun: (runId) =>
      recordsOf(sql.all(`select ${columns} from steps where run_id = :runId order by number`, { runId })),
    previousOfNode: ({ pipelineId, nodeId, beforeRunId }) =>
      first(
        sql.get(
          `select ${columns} from steps join runs on runs.id = run_id
           where node_id = :nodeId and pipeline_id = :pipelineId and state in ('done', 'cached')
             and runs.number < (select number from runs where id = :beforeRunId)
           order by runs.number desc limit 1`,
          { pipelineId, nodeId, beforeRunId },
        ),
      ),
  }
}

function saveStep(sql: Sql, metrics: Metrics, step: StepRecord): void {
  const { metrics: values, ...fields } = step
  sql.run(
    `insert into steps (run_id, node_id, node_type, state, key, ingredients, reason, started_at, finished_at, error,
       outputs, attempts)
     values (:runId, :nodeId, :nodeType, :state, :key, :ingredients, :reason, :startedAt, :finishedAt, :error,
       :outputs, :attempts)
     on conflict (run_id, node_id) do update set node_type = :nodeType, state = :state, key = :key,
       ingredients = :ingredients, reason = :reason, started_at = :startedAt, finished_at = :finishedAt,
       error = :error, outputs = :outputs, attempts = :attempts`,
    {
      ...fields,
      ingredients: JSON.stringify(step.ingredients ?? null),
      reason: JSON.stringify(step.reason ?? null),
      error: step.error && JSON.stringify(step.error),
      outputs: JSON.stringify(step.outputs),
    },
  )
  metrics.replace(step, values)
}

const placeOf = ({ runId, nodeId }: { runId: string; nodeId: string }): string => `${runId} ${nodeId}`

function recordOf(row: StepRow, tracked: readonly MetricRecord[]): StepRecord {
  return {
    ...row,
    // Large, and rarely looked at.
    get ingredients(): unknown {
      return JSON.parse(row.ingredients)
    },
    reason: JSON.parse(row.reason) as unknown,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorReport),
    outputs: JSON.parse(row.outputs) as StepRecord['outputs'],
    metrics: Object.fromEntries(tracked.map(({ name, value }) => [name, value])),
  }
}
