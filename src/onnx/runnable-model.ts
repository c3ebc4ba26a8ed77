import { CHUNK_ROWS } from '../tables/column-chunk.ts'
import { decodeMessage, encodeMessage } from './codec.ts'
import { operatorSets } from './model-message.ts'
import { metadataKeys } from './model-metadata.ts'
import { inputsOf, type ModelPort } from './read-model.ts'
import { withPackedInputs, type PackedInputs } from './packed-inputs.ts'
import { withQuickTrees } from './quick-trees.ts'

/** A model as the runtime gets it: the answers of the stored one, bit for bit, by a graph that is quicker to run. */
export interface RunnableModel {
  bytes: Uint8Array
  /** Null where every input has a tensor of its own. */
  packed: (PackedInputs & { inputs: readonly ModelPort[] }) | null
  /** At a time. */
  mostRows: number
}

/** What is looked up for a row has to stay in the processor's cache until the trees ask for it. */
const mostColumnsAtATime = 512 * 1024
const fewestRows = 64
/** Larger ones are run as they are: what is read and written anew needs memory. */
const mostBytes = 256 * 1024 * 1024

/**
 * Only graphs that Pipewright wrote are known well enough to be changed. To pack what is put in spares a tensor for each
 * column, which is most of the time of a run of few rows; of many, it takes longer than that.
 */
export function runnableModel(bytes: Uint8Array, { packs = true }: { packs?: boolean } = {}): RunnableModel {
  const asItIs = { bytes, packed: null, mostRows: CHUNK_ROWS }
  if (bytes.length > mostBytes) return asItIs
  const { producerName, metadataProps = [], opsetImport = [] } = decodeMessage('ModelHead', bytes)
  const isImported = metadataProps.some(({ key }) => key === metadataKeys.imported)
  const { version } = opsetImport.find(({ domain = '' }) => domain === '') ?? {}
  if (producerName !== 'pipewright' || isImported || version !== operatorSets[''].version) return asItIs
  const model = decodeMessage('Model', bytes)
  const trees = withQuickTrees(model.graph ?? {})
  const packing = packs ? withPackedInputs(trees.graph) : null
  if (trees.columns === 0 && !packing) return asItIs
  const rows = trees.columns === 0 ? CHUNK_ROWS : Math.floor(mostColumnsAtATime / trees.columns)
  return {
    bytes: encodeMessage('Model', { ...model, graph: packing?.graph ?? trees.graph }),
    packed: packing && { ...packing.packed, inputs: inputsOf(model) },
    mostRows: Math.min(CHUNK_ROWS, Math.max(fewestRows, rows)),
  }
}
