import type { RawValue } from '../contract/model-details.ts'
import type { StartColumn } from '../core/artifacts.ts'
import type { ColumnSketch } from '../core/sketch-schema.ts'
import type { Viewer } from '../viewing/open-viewer.ts'

/** A row that stands for others: a held-out one where there is one, else what was most frequent in training. */
export async function exampleRow(
  viewer: Viewer,
  { artifact, inputs }: { artifact: string; inputs: readonly StartColumn[] },
): Promise<Record<string, RawValue>> {
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
