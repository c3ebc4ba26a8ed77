import type { Json } from '../../../src/core/pipeline.ts'
import type { ModelData, ReportData } from '../../../src/core/artifacts.ts'
import type { Column } from '../../../src/core/columns.ts'
import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'

/** All that a model card is written from. */
export interface CardSource {
  /** In the registry. Times are epoch ms. */
  registered: {
    model: string
    version: number
    aliases: readonly string[]
    description: string
    createdAt: number
  }
  artifact: string
  model: ModelData
  sizeBytes: number
  /** What its inputs looked like in training, by name. */
  inputs: Readonly<Record<string, ColumnSketch>>
  /** The run that made it; null where nothing is known of that any more. */
  run: CardRun | null
}

export interface CardRun {
  id: string
  pipeline: { id: string; name: string; description: string; seed: number }
  parameters: Readonly<Record<string, Json>>
  /** Those that led to the model, in order, and those that looked at it. */
  steps: readonly CardStep[]
  /** Of the table that was learned from; null where it is not stored any more. */
  columns: readonly Column[] | null
}

export interface CardStep {
  node: string
  /** Of the node: its id, its title and what it does. */
  type: string
  title: string
  summary: string
  /** As they were given, and nothing else. */
  params: Readonly<Record<string, Json>>
  /** Whether the model comes from it. */
  leadsToModel: boolean
  /** Whether it takes a table, and whether it gives one. */
  takesTable: boolean
  givesTable: boolean
  rows: number | null
  /** Hashes of what it gave, by output. */
  outputs: Readonly<Record<string, string>>
  reports: readonly ReportData[]
}
