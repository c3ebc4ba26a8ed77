import { z } from 'zod'
import { columnSchema, columnTypes, tasks } from './columns.ts'

/**
 * How a text value of a source becomes a typed value. Declared once, stored in the signature, and executed for
 * training and for serving by `src/tables`: in this order trim, null values, replace, parse.
 */
const readerRuleSchema = z.strictObject({
  trim: z.boolean(),
  /** Texts that mean “no value”, compared after trimming. */
  nullValues: z.array(z.string()),
  /** Whole values to be read as another value. */
  replace: z.record(z.string(), z.string()).optional(),
  decimalMark: z.enum(['.', ',']).optional(),
  thousandsMark: z.enum(['.', ',', ' ', "'", '_']).optional(),
  /** Dates: a pattern of YYYY MM DD hh mm ss SSS and literal text; ISO 8601 when absent. */
  format: z.string().optional(),
  /** Booleans: the texts that mean true and false. */
  trueValues: z.array(z.string()).optional(),
  falseValues: z.array(z.string()).optional(),
  /** `null`: a text that is no value of the column is “no value”. A problem when absent. */
  unreadable: z.literal('null').optional(),
})
export type ReaderRule = z.infer<typeof readerRuleSchema>

/** A column as stored rows hold it: where a recipe, and every model, starts. */
export const startColumnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes).exclude(['vector']),
  /** The node that read or made the column. */
  source: z.string(),
  /** Absent where a node computed the column: it arrives typed. */
  rule: readerRuleSchema.optional(),
})
export type StartColumn = z.infer<typeof startColumnSchema>

/** One row-wise transform of a recipe: what to do, and, once fitted, what was learned from the rows. */
const recipeStepSchema = z.strictObject({
  transform: z.string(),
  node: z.string(),
  params: z.json(),
  /** Null for a stateless transform. */
  state: z.json().nullable(),
})
export type RecipeStep = z.infer<typeof recipeStepSchema>

const splitSchema = z.strictObject({
  /** Artifact of kind `split`: one byte a row, 0 train, 1 validation, 2 test. */
  artifact: z.string(),
  counts: z.strictObject({ train: z.int(), validation: z.int(), test: z.int() }),
})

/** A table: rows stored once and shared, with roles, split and recipe beside them. */
const tableDataSchema = z.strictObject({
  /** Artifact of kind `rows`: `rows.parquet` with the start columns, in row order. */
  rows: z.strictObject({ artifact: z.string(), count: z.int() }),
  startColumns: z.array(startColumnSchema),
  recipe: z.array(recipeStepSchema),
  columns: z.array(columnSchema),
  split: splitSchema.nullable(),
})
export type TableData = z.infer<typeof tableDataSchema>

const targetSchema = z.strictObject({
  name: z.string(),
  /** Classification: the label of each class in the order of the probabilities, as text. */
  classes: z.array(z.string()).optional(),
  /** Binary: the class whose probability is thresholded. */
  positive: z.string().optional(),
})

/** A model's start columns and its answers: the contract between training and every later caller. */
const signatureSchema = z.strictObject({
  inputs: z.array(startColumnSchema),
  /** Tensors of the graph: `label` (text or number, [N,1]), `probabilities` (float32 [N, classes]), `value`. */
  outputs: z.array(
    z.strictObject({ name: z.string(), type: z.enum(['text', 'number', 'vector']), width: z.int() }),
  ),
})
export type Signature = z.infer<typeof signatureSchema>

/** A trained model. Files: `model.onnx`, `signature.json`, `sketch.json`. */
export const modelDataSchema = z.strictObject({
  task: z.enum(tasks),
  target: targetSchema,
  signature: signatureSchema,
  /** Names of the matrix columns that the learner saw, in order. */
  features: z.array(z.string()),
  learner: z.strictObject({ type: z.string(), params: z.json() }),
  /** Hash of the table artifact the learner was trained on; empty where none is known, as of an imported model. */
  trainedOn: z.string(),
  /** Binary: the probability from which the answer is the positive class. */
  threshold: z.number().optional(),
  /** One number a matrix column, in the order of `features`. */
  importances: z.array(z.number()).optional(),
  /** Loss by iteration on the train rows and, where there are any, the validation rows. */
  trainingCurve: z
    .strictObject({ metric: z.string(), train: z.array(z.number()), validation: z.array(z.number()) })
    .optional(),
})
export type ModelData = z.infer<typeof modelDataSchema>

/** A report: numbers and tables about something, made to be shown. */
export const reportDataSchema = z.strictObject({
  type: z.string(),
  /** Scalars that are tracked with the run. */
  metrics: z.record(z.string(), z.number()),
  content: z.json(),
})
export type ReportData = z.infer<typeof reportDataSchema>

export interface ArtifactDataByKind {
  table: TableData
  model: ModelData
  report: ReportData
  /** Files: `rows.parquet`. */
  rows: { columns: { name: string; type: string }[]; count: number }
  /** Files: `split.bin`. */
  split: { count: number }
}
export type ArtifactKind = keyof ArtifactDataByKind

/** An immutable output in the store, named by the hash of what it means (not of the bytes that hold it). */
export interface Artifact<Kind extends ArtifactKind = ArtifactKind> {
  kind: Kind
  hash: string
  data: ArtifactDataByKind[Kind]
  /** Hashes of the artifacts that this one needs to be read. */
  refs: readonly string[]
}
export type AnyArtifact = { [Kind in ArtifactKind]: Artifact<Kind> }[ArtifactKind]

export type PortType = 'table' | 'model' | 'report'
