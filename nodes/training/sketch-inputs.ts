import type { TableData } from '../../src/core/artifacts.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { buildModelGraph } from '../../src/recipe/build-model.ts'
import type { Sketch } from '../../src/core/sketch-schema.ts'
import { sketchOf } from '../../src/tables/sketch.ts'
import { readCodedChunks } from '../../src/tables/start-rows.ts'

/** What the columns that the features start from look like in the train rows: the baseline for drift. */
export async function sketchInputs(context: RunContext, table: TableData): Promise<Sketch> {
  const { inputs } = buildModelGraph(table, (_, matrix) => ({ matrix })).signature
  const columns = inputs.map(({ name }) => name)
  return sketchOf({
    columns: inputs,
    chunks: readCodedChunks(context, table, { columns, rows: 'train' }),
    detail: 'fine',
  })
}
