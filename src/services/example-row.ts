import type { RawValue } from '../contract/model-details.ts'
import type { StartColumn } from '../core/artifacts.ts'
import type { ColumnSketch } from '../core/sketch-schema.ts'
import type { Viewer } from '../viewing/open-viewer.ts'

interface Asked {
  /** Of the model. */
  artifact: string
  inputs: readonly StartColumn[]
}

/** A row that stands for others, by model. */
export type ExampleRows = (asked: Asked) => Promise<Record<string, RawValue>>

/** Those of models that were asked for last are kept, since a page asks again and again. */
const mostKept = 100

export function createExampleRows(viewer: Viewer): ExampleRows {
  const kept = new Map<string, Record<string, RawValue>>()
  return async (asked) => {
    const { artifact } = asked
    const row = kept.get(artifact) ?? (await exampleRow(viewer, asked))
    kept.delete(artifact)
    kept.set(artifact, row)
    if (kept.size > mostKept) kept.delete([...kept.keys()][0]!)
    return row
  }
}

/** A held-out row where there is one, else what was most frequent in training. */
async function exampleRow(viewer: Viewer, { artifact, inputs }: Asked): Promise<Record<string, RawValue>> {
  const reference = await viewer.call('model.reference', { artifact, limit: 1 })
  if (reference.outcome === 'rows') return reference.rows[0]!
  const { inputs: sketches } = await viewer.call('model.details', { artifact })
  return Object.fromEntries(inputs.map((input) => [input.name, typicalValue(input, sketches[input.name])]))
}

function typicalValue({ type }: StartColumn, sketch: ColumnSketch | undefined): RawValue {
  const most = sketch?.top[0]?.value
  switch (type) {
    case 'text':
      return String(most ?? '')
    case 'boolean':
      return most === 1
    case 'date':
    case 'datetime': {
      const iso = new Date(typeof most === 'number' ? most : 0).toISOString()
      return type === 'date' ? iso.slice(0, 10) : iso
    }
    case 'number':
    case 'integer':
      return typeof most === 'number' ? most : 0
  }
}
