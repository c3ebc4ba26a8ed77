import type { Sql } from './sql.ts'

export const runStatuses = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const
export type RunStatus = (typeof runStatuses)[number]

export interface NewRun {
  id: string
  pipelineId: string
  pipelineName: string
  /** The canonical text of the pipeline as it ran. */
  document: string
  /** As given, as texts; those left to their defaults are not here. */
  parameters: Readonly<Record<string, string>>
  scope: { to: readonly string[] | null; from: readonly string[] | null }
  /** Epoch ms. */
  startedAt: number
  hostPid: number
}

export interface RunRecord extends NewRun {
  status: RunStatus
  finishedAt: number | null
  /** What the engine says at the end, as JSON; null while running. */
  summary: unknown
}

export interface Runs {
  create(run: NewRun): void
  finish(run: {
    id: string
    status: Exclude<RunStatus, 'running'>
    finishedAt: number
    summary: unknown
  }): void
  get(id: string): RunRecord | null
  /** The newest first; `before` is the id of the last run of the page before. */
  list(options: { pipelineId?: string; limit: number; before?: string }): RunRecord[]
  /** The newest run of a pipeline. */
  latest(options: { pipelineId: string }): RunRecord | null
  /** Ids of the runs that have not ended, the oldest first. */
  inFlight(): string[]
  /** Marks the runs that a dead host left running, with their unfinished steps as cancelled; returns their ids. */
  markInterrupted(options: { now: number }): string[]
}

interface RunRow {
  id: string
  pipelineId: string
  pipelineName: string
  document: string
  parameters: string
  scope: string
  status: RunStatus
  startedAt: number
  finishedAt: number | null
  hostPid: number
  summary: string | null
}

const columns = `id, pipeline_id as pipelineId, pipeline_name as pipelineName, document, parameters, scope, status,
  started_at as startedAt, finished_at as finishedAt, host_pid as hostPid, summary`

export function createRuns(sql: Sql): Runs {
  return {
    create(run) {
      sql.run(
        `insert into runs (id, pipeline_id, pipeline_name, document, parameters, scope, status, started_at, host_pid)
         values (:id, :pipelineId, :pipelineName, :document, :parameters, :scope, 'running', :startedAt, :hostPid)`,
        { ...run, parameters: JSON.stringify(run.parameters), scope: JSON.stringify(run.scope) },
      )
    },
    finish({ id, status, finishedAt, summary }) {
      sql.run(
        `update runs set status = :status, finished_at = :finishedAt, summary = :summary where id = :id`,
        { id, status, finishedAt, summary: JSON.stringify(summary ?? null) },
      )
    },
    get: (id) => asRecord(sql.get<RunRow>(`select ${columns} from runs where id = :id`, { id })),
    list: ({ pipelineId = null, limit, before = null }) =>
      sql
        .all<RunRow>(
          `select ${columns} from runs
           where (:pipelineId is null or pipeline_id = :pipelineId)
             and (:before is null or number < (select number from runs where id = :before))
           order by number desc limit :limit`,
          { pipelineId, before, limit },
        )
        .map(recordOf),
    latest: ({ pipelineId }) =>
      asRecord(
        sql.get<RunRow>(
          `select ${columns} from runs where pipeline_id = :pipelineId order by number desc limit 1`,
          { pipelineId },
        ),
      ),
    inFlight: () => inFlight(sql),
    markInterrupted: ({ now }) =>
      sql.transaction(() => {
        const ids = inFlight(sql)
        sql.run(
          `update steps set state = 'cancelled', finished_at = :now where state in ('queued', 'running')
             and run_id in (select id from runs where status = 'running')`,
          { now },
        )
        sql.run(`update runs set status = 'interrupted', finished_at = :now where status = 'running'`, {
          now,
        })
        return ids
      }),
  }
}

function inFlight(sql: Sql): string[] {
  return sql
    .all<{ id: string }>(`select id from runs where status = 'running' order by number`)
    .map(({ id }) => id)
}

const asRecord = (row: RunRow | undefined): RunRecord | null => (row ? recordOf(row) : null)

function recordOf(row: RunRow): RunRecord {
  return {
    ...row,
    parameters: JSON.parse(row.parameters) as RunRecord['parameters'],
    scope: JSON.parse(row.scope) as RunRecord['scope'],
    summary: row.summary === null ? null : (JSON.parse(row.summary) as unknown),
  }
}
