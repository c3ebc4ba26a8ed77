/** Golden outputs of pipelines: artifacts that garbage collection keeps. */
export interface PinRecord {
  pipelineId: string
  nodeId: string
  port: string
  artifact: string
}

export interface Pins {
  /** Makes these the pins of a pipeline, as its document has them. */
  replace(pipelineId: string, pins: readonly Omit<PinRecord, 'pipelineId'>[]): void
  list(): PinRecord[]
}
