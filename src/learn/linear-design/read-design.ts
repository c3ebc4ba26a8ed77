import type { CompressedChunk } from '../compressed-rows.ts'
import type { LearningPart, LearningTable, MatrixChunk } from '../learner.ts'
import { unusableValues } from '../unusable-values.ts'
import { blockMaker, layOutDesign, type DesignBlock, type DesignLayout } from './design-matrix.ts'
import {
  addDense,
  addNonZeros,
  addZeros,
  momentsOf,
  newCounters,
  type FeatureMoments,
} from './feature-moments.ts'

/** A table in memory as linear learners need it, a block for each chunk of rows. */
export interface Design {
  layout: DesignLayout
  blocks: Readonly<Record<LearningPart, readonly DesignBlock[]>>
  /** Of the train rows. */
  moments: FeatureMoments
}

type Turn = () => Promise<void> | undefined
type Chunk = { dense: MatrixChunk } | { compressed: CompressedChunk }

/** Reads a table once. Throws at missing and infinite values, which no linear model can take. */
export async function readDesign(table: LearningTable, turn: Turn): Promise<Design> {
  const layout = await layOut(table)
  const train = await keepPart(table, { part: 'train', layout, turn })
  const counters = newCounters(table.features.length)
  let rowsBefore = 0
  for (const { rows, dense, sparseFeatures, sparseValues } of train) {
    addDense(counters, { features: layout.dense, values: dense, rowsBefore })
    addNonZeros(counters, { features: sparseFeatures, values: sparseValues })
    rowsBefore += rows
    await turn()
  }
  addZeros(counters, rowsBefore, layout.sparse)
  const validation =
    table.rows.validation > 0 ? await keepPart(table, { part: 'validation', layout, turn }) : []
  return { layout, blocks: { train, validation }, moments: momentsOf(counters, rowsBefore) }
}

/** By the first train rows: how a feature is kept changes the time it takes, not what is learned. */
async function layOut(table: LearningTable): Promise<DesignLayout> {
  const nonZeros = new Uint32Array(table.features.length)
  for await (const chunk of chunksOf(table, 'train')) {
    if ('compressed' in chunk) {
      for (const feature of chunk.compressed.features) nonZeros[feature]!++
      return layOutDesign(nonZeros, chunk.compressed.rows)
    }
    const { rows, data } = chunk.dense
    for (let at = 0; at < data.length; at++) if (data[at] !== 0) nonZeros[at % nonZeros.length]!++
    return layOutDesign(nonZeros, rows)
  }
  return layOutDesign(nonZeros, 0)
}

async function keepPart(
  table: LearningTable,
  { part, layout, turn }: { part: LearningPart; layout: DesignLayout; turn: Turn },
): Promise<DesignBlock[]> {
  const blocks: DesignBlock[] = []
  const maker = blockMaker(layout, table.features.length)
  const unusable = unusableValues(table, part)
  let rows = 0
  for await (const chunk of chunksOf(table, part)) {
    const block = 'dense' in chunk ? maker.ofRows(chunk.dense) : maker.ofCompressed(chunk.compressed)
    unusable.count({ rows: block.rows, data: block.dense }, layout.dense)
    unusable.countCompressed({ features: block.sparseFeatures, values: block.sparseValues })
    blocks.push(block)
    rows += block.rows
    await turn()
  }
  if (rows !== table.rows[part])
    throw new RangeError(`${rows} ${part} rows came, ${table.rows[part]} were announced`)
  unusable.refuse()
  return blocks
}

async function* chunksOf(table: LearningTable, part: LearningPart): AsyncIterable<Chunk> {
  if (table.compressed) for await (const compressed of table.compressed(part)) yield { compressed }
  else for await (const dense of table.chunks(part)) yield { dense }
}
