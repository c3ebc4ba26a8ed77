import { modelSampleSchema, type ModelSample, type SampledValues } from '../../contract/model-sample.ts'
import type { Segment } from '../../core/monitor.ts'
import type { ColumnType } from '../../core/columns.ts'
import { createTruths, type Truths } from './truths.ts'
import type { AnswerValues, RowView } from './row-view.ts'
import { pick, someRows } from './row-view.ts'
import { placesIn } from './segment-values.ts'

/** What the rows of a version are compared with. */
export interface Reference {
  /** Rows that it learned from; those here stand for them. */
  trainedRows: number
  trained: RowView
  heldOut: RowView
  truths: Truths
  /** Whether the version had not seen the held-out rows: only then do they say how good it is. */
  isHeldOut: boolean
  columns: ReadonlyMap<string, ReferenceColumn>
  /** Those with a value of a column, where there are any; kept for the next time. */
  part(segment: Segment): Reference | null
}

export interface ReferenceColumn {
  type: ColumnType
  /** Shares of the training rows: without a value, and with a text that no other has. */
  missing: number
  singles: number
  known: ReadonlySet<string> | null
  /** Whether its values are compared. */
  isSampled: boolean
}

const fewestRows = 30

export function referenceOf(text: string): { reference: Reference; sample: ModelSample } {
  const sample = modelSampleSchema.parse(JSON.parse(text))
  const { columns, heldOut, rows } = sample
  const view = (of: 'trained' | 'heldOut'): RowView['columns'] =>
    new Map(
      columns.flatMap(({ name, type, [of]: values }) =>
        values ? [[name, { type, values: decoded(values) }] as const] : [],
      ),
    )
  const trained = view('trained')
  const answers = heldOut.answers && decoded(heldOut.answers)
  const reference = withParts({
    trainedRows: rows,
    trained: { rows: rowsOf(trained), columns: trained, answers: null, probabilities: null },
    heldOut: {
      rows: heldOut.rows,
      columns: view('heldOut'),
      answers,
      probabilities: heldOut.probabilities === null ? null : numbersIn(heldOut.probabilities),
    },
    truths: createTruths(heldOut.truth && labelsIn(decoded(heldOut.truth))),
    isHeldOut: heldOut.part !== 'all',
    columns: new Map(
      columns.map(({ name, type, missing, singles, known, trained: values }) => [
        name,
        { type, missing, singles, known: known && new Set(known), isSampled: values !== null },
      ]),
    ),
  })
  return { reference, sample }
}

function withParts(whole: Omit<Reference, 'part'>): Reference {
  const parts = new Map<string, Reference | null>()
  const reference: Reference = {
    ...whole,
    part(segment) {
      const key = JSON.stringify([segment.column, segment.value])
      const known = parts.get(key)
      if (known !== undefined) return known
      const made = partOf(reference, segment)
      parts.set(key, made)
      return made
    },
  }
  return reference
}

function partOf(whole: Reference, segment: Segment): Reference | null {
  const trained = placesIn(whole.trained, segment, whole)
  const heldOut = placesIn(whole.heldOut, segment, whole)
  if (trained.length < fewestRows) return null
  return withParts({
    ...whole,
    trainedRows: Math.round((whole.trainedRows * trained.length) / whole.trained.rows),
    trained: someRows(whole.trained, trained),
    heldOut: someRows(whole.heldOut, heldOut),
    truths: whole.truths.some(heldOut),
  })
}

const labelsIn = (values: AnswerValues): (string | number | null)[] =>
  Array.from(values, (value: string | number) => (value === '' || Number.isNaN(value) ? null : value))

function decoded(values: SampledValues): Float64Array | string[] {
  if ('numbers' in values) return numbersIn(values.numbers)
  const { buffer } = Uint8Array.from(Buffer.from(values.codes, 'base64'))
  return pick(values.texts, Array.from(new Uint32Array(buffer)))
}

const numbersIn = (base64: string): Float64Array =>
  new Float64Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer)

function rowsOf(columns: RowView['columns']): number {
  for (const { values } of columns.values()) return values.length
  return 0
}
