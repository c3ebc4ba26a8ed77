import type { ModelData } from '../../core/artifacts.ts'
import { openSession } from '../../onnx/session.ts'
import { readStoredGraph } from '../../onnx/stored-graph.ts'
import { answerAsker } from './answer-asker.ts'
import type { HeldColumns } from './held-columns.ts'
import { linearShap } from './linear-shap.ts'
import { sampledShapley } from './sampled-shapley.ts'
import { bySource, readSourceShares, type SourceShares } from './source-shares.ts'
import { readLearner, type ExplanationScale, type StoredLearner } from './stored-learner.ts'
import { treeShap, workOfRow } from './tree-shap.ts'

export type ExplanationMethod = 'tree-shap' | 'linear-shap' | 'sampled-shapley'

export interface Explanation {
  /** What is said of a row that nothing is known of. */
  base: number
  /** Row-major, rows × columns: with `base` they sum up to what the model says of the row. */
  contributions: Float64Array
  /** Standard errors, where contributions are sampled. */
  errors: Float64Array | null
}

/** Tells for rows what each start column adds to the answer of a model. */
export interface Explainer {
  method: ExplanationMethod
  scale: ExplanationScale
  /** The start columns that the model takes. */
  columns: readonly string[]
  /** Start columns that the model sees mixed together: what these add is shared evenly among them. */
  mixed: readonly (readonly string[])[]
  /** About how many elementary steps a row takes. */
  workOfRow: number
  explain(columns: HeldColumns, rows: number): Promise<Explanation>
  close(): Promise<void>
}

interface ToExplain {
  bytes: Uint8Array
  model: ModelData
  /** The class that is explained, by its code; of no meaning for amounts. */
  classCode: number
  /** Rows to compare with, where the model cannot be taken apart. */
  background: { columns: HeldColumns; rows: number }
  seed: number
}

/**
 * Opens what explains a model: exactly where its graph holds trees or a linear function, else by sampling. Exact
 * explanations are of the score that the learner gives, before calibration, thresholds and rules.
 */
export async function openExplainer(options: ToExplain): Promise<Explainer> {
  const { bytes, model, classCode } = options
  const graph = readStoredGraph(bytes)
  const sources = readSourceShares(graph.metadata, model.signature.inputs)
  const learner = sources && readLearner(graph, model, classCode)
  if (!learner) return openSampling(options)
  const type = learner.kind === 'trees' ? 'float32' : 'float64'
  const shown = graph.showing([{ name: 'matrix', value: learner.matrix, type, width: model.features.length }])
  return exactExplainer(shown, learner, sources)
}

async function exactExplainer(
  shown: Uint8Array,
  learner: StoredLearner,
  sources: SourceShares,
): Promise<Explainer> {
  const session = await openSession(shown)
  return {
    method: learner.kind === 'trees' ? 'tree-shap' : 'linear-shap',
    scale: learner.scale,
    columns: sources.columns,
    mixed: sources.mixed,
    workOfRow: learner.kind === 'trees' ? workOfRow(learner.trees) : sources.from.length,
    async explain(columns, rows) {
      const { matrix } = await session.run({ rows, columns })
      const { base, contributions } = explainMatrix(learner, rows, matrix as Float32Array)
      return { base, contributions: bySource(contributions, rows, sources), errors: null }
    },
    close: () => session.close(),
  }
}

function explainMatrix(
  learner: StoredLearner,
  rows: number,
  data: Float32Array,
): { base: number; contributions: Float64Array } {
  if (learner.kind === 'linear') return linearShap(learner, { rows, data })
  const { trees, base, sign } = learner
  const found = treeShap(trees, { rows, data, features: rows === 0 ? 0 : data.length / rows })
  return {
    base: base + sign * found.base,
    contributions: sign === 1 ? found.contributions : found.contributions.map((value) => -value),
  }
}

/** How often each row of the background is walked from. */
const rounds = 1

async function openSampling({ bytes, model, classCode, background, seed }: ToExplain): Promise<Explainer> {
  const session = await openSession(bytes)
  const names = model.signature.inputs.map(({ name }) => name)
  const ask = answerAsker(session, model, classCode)
  return {
    method: 'sampled-shapley',
    scale: model.task === 'regression' ? 'value' : 'probability',
    columns: names,
    mixed: [],
    // An answer of a model takes far longer than a step of ours.
    workOfRow: background.rows * rounds * 2 * (names.length + 1) * 1000,
    explain: (columns, rows) => sampledShapley({ columns, names, rows, background, rounds, seed, ask }),
    close: () => session.close(),
  }
}
