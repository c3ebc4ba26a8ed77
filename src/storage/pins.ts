import type { Sql } from './sql.ts'

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

export function createPins(sql: Sql): Pins {
  return {
    replace: (pipelineId, pins) =>
      sql.transaction(() => {
        sql.run('delete from pins where pipeline_id = :pipelineId', { pipelineId })
        for (const pin of pins)
          sql.run(
            `insert into pins (pipeline_id, node_id, port, artifact)
             values (:pipelineId, :nodeId, :port, :artifact)`,
            { pipelineId, ...pin },
          )
      }),
    list: () =>
      sql.all(
        `select pipeline_id as pipelineId, node_id as nodeId, port, artifact from pins
         order by pipeline_id, node_id`,
      ),
  }
}
