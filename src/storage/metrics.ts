import type { Sql } from './sql.ts'

export interface MetricRecord {
  runId: string
  nodeId: string
  name: string
  value: number
}

/** The tracked numbers of runs: written with their steps. */
export interface Metrics {
  /** Makes these the metrics of a step; part of `steps.save`. */
  replace(step: { runId: string; nodeId: string }, values: Readonly<Record<string, number>>): void
  ofRun(runId: string): MetricRecord[]
  /** One metric over the runs of a pipeline, the newest run first. */
  history(options: { pipelineId: string; nodeId: string; name: string; limit: number }): MetricRecord[]
}

export function createMetrics(sql: Sql): Metrics {
  return {
    replace({ runId, nodeId }, values) {
      sql.run('delete from metrics where run_id = :runId and node_id = :nodeId', { runId, nodeId })
      for (const [name, value] of Object.entries(values))
        sql.run(
          'insert into metrics (run_id, node_id, name, value) values (:runId, :nodeId, :name, :value)',
          { runId, nodeId, name, value },
        )
    },
    ofRun: (runId) =>
      sql.all<MetricRecord>(`select ${columns} from metrics where run_id = :runId order by node_id, name`, {
        runId,
      }),
    history: ({ pipelineId, nodeId, name, limit }) =>
      sql.all<MetricRecord>(
        `select ${columns} from metrics join runs on runs.id = run_id
         where node_id = :nodeId and name = :name and pipeline_id = :pipelineId
         order by runs.number desc limit :limit`,
        { pipelineId, nodeId, name, limit },
      ),
  }
}

const columns = 'run_id as runId, node_id as nodeId, name, value'
