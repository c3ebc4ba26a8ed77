export interface MetricRecord {
  runId: string
  nodeId: string
  name: string
  value: number
}

/** The tracked numbers of runs: written with their steps. */
export interface Metrics {
  ofRun(runId: string): MetricRecord[]
  /** One metric over the runs of a pipeline, the newest run first. */
  history(options: { pipelineId: string; nodeId: string; name: string; limit: number }): MetricRecord[]
}
