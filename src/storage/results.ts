import type { Effect } from '../node-kit/run-context.ts'
import type { Sql } from './sql.ts'
import type { StepOutput } from './steps.ts'

/** The outcome of a step by its key: what the cache answers. */
export interface ResultRecord {
  key: string
  nodeType: string
  outputs: Readonly<Record<string, StepOutput>>
  metrics: Readonly<Record<string, number>>
  effects: readonly Effect[]
  /** What the runner logged, as JSON: shown again when the step is cached. */
  notes: readonly unknown[]
  durationMs: number
  /** Epoch ms. */
  createdAt: number
}

export interface Results {
  /** The record alone; `ArtifactStore.cached` also looks whether its artifacts are still there. */
  get(key: string): ResultRecord | null
  /** Part of `commitStep`: the artifacts must be recorded. */
  put(result: ResultRecord): void
  /**
   * Lets the next run repeat a step, a node with what it runs for its items, or all steps whose outputs need an
   * artifact; returns how many results were forgotten.
   */
  forget(which: { key: string } | { pipelineId: string; nodeId: string } | { artifact: string }): number
}

interface ResultRow {
  key: string
  nodeType: string
  outputs: string
  metrics: string
  effects: string
  notes: string
  durationMs: number
  createdAt: number
}

export function createResults(sql: Sql): Results {
  return {
    get(key) {
      const row = sql.get<ResultRow>(
        `select key, node_type as nodeType, outputs, metrics, effects, notes, duration_ms as durationMs,
           created_at as createdAt
         from results where key = :key`,
        { key },
      )
      return row ? recordOf(row) : null
    },
    put: (result) =>
      sql.transaction(() => {
        sql.run('delete from results where key = :key', { key: result.key })
        sql.run(
          `insert into results (key, node_type, outputs, metrics, effects, notes, duration_ms, created_at)
           values (:key, :nodeType, :outputs, :metrics, :effects, :notes, :durationMs, :createdAt)`,
          {
            ...result,
            outputs: JSON.stringify(result.outputs),
            metrics: JSON.stringify(result.metrics),
            effects: JSON.stringify(result.effects),
            notes: JSON.stringify(result.notes),
          },
        )
        for (const artifact of new Set(Object.values(result.outputs).map(({ hash }) => hash)))
          sql.run('insert into result_artifacts (key, artifact) values (:key, :artifact)', {
            key: result.key,
            artifact,
          })
      }),
    forget(which) {
      if ('key' in which) return sql.run('delete from results where key = :key', which)
      if ('artifact' in which)
        return sql.run(
          `with recursive needing (hash) as (
             values (:artifact) union select artifact from artifact_refs join needing on ref = hash
           )
           delete from results
           where key in (select key from result_artifacts where artifact in (select hash from needing))`,
          which,
        )
      return sql.run(
        `delete from results where key in (
           select key from steps join runs on runs.id = run_id
           where pipeline_id = :pipelineId
             and (node_id = :nodeId or substr(node_id, 1, length(:nodeId) + 1) = :nodeId || '[')
         )`,
        which,
      )
    },
  }
}

function recordOf(row: ResultRow): ResultRecord {
  return {
    ...row,
    outputs: JSON.parse(row.outputs) as ResultRecord['outputs'],
    metrics: JSON.parse(row.metrics) as ResultRecord['metrics'],
    effects: JSON.parse(row.effects) as ResultRecord['effects'],
    notes: JSON.parse(row.notes) as ResultRecord['notes'],
  }
}
