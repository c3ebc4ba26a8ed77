import type { ModelData } from '../../core/artifacts.ts'
import type { GraphNode } from '../../onnx/model-message.ts'
import { metadataKeys } from '../../onnx/model-metadata.ts'
import type { StoredGraph } from '../../onnx/stored-graph.ts'
import { numbersOfTensor } from '../../onnx/tensor-numbers.ts'
import { leafValuesFor, lookedUpLeafValues, readTrees, type StoredTrees } from '../../onnx/stored-trees.ts'

/** What the contributions of an explanation are parts of. */
export type ExplanationScale =
  /** The answer itself: an amount. */
  | 'value'
  /** The logarithm of the amount. */
  | 'logarithm'
  /** The amount under the power that the target was learned as. */
  | 'power'
  /** The logarithm of the odds of a class. */
  | 'log-odds'
  /** Of several classes: the logarithm of what is then divided by the sum over all classes. */
  | 'log-weight'
  | 'probability'

/** The part of a model behind its feature matrix, as a function that can be taken apart. */
export type StoredLearner = { matrix: string; scale: ExplanationScale } & (
  | {
      kind: 'trees'
      trees: StoredTrees
      /** What the score of a row is `sign` × the sum of its leaves, on top of. */
      base: number
      sign: 1 | -1
    }
  | { kind: 'linear'; coefficients: Float64Array; intercept: number; means: Float64Array }
)

const treeLearners = new Set(['gradient-boosted-trees', 'random-forest', 'extra-trees'])
const linearLearners = new Set(['linear-regression', 'logistic-regression', 'poisson-regression'])

/**
 * Reads trees or a linear function back out of a model's graph: what decides about a class, given by its code, or an
 * amount. What follows on it (calibration, thresholds, rules) is left out. Null for other learners, and for models that
 * do not hold what an exact explanation needs.
 */
export function readLearner(graph: StoredGraph, model: ModelData, classCode: number): StoredLearner | null {
  if (treeLearners.has(model.learner.type)) return readTreeLearner(graph, model, classCode)
  if (linearLearners.has(model.learner.type)) return readLinearLearner(graph, model, classCode)
  return null
}

function readTreeLearner(
  graph: StoredGraph,
  { task, learner }: ModelData,
  code: number,
): StoredLearner | null {
  const ensemble = graph.nodes.findLast(({ op }) => op === 'ml.TreeEnsemble')
  const shape = ensemble && readTrees(ensemble)
  if (!ensemble || !shape) return null
  const isForest = learner.type !== 'gradient-boosted-trees'
  const isLookedUp = isForest && task === 'multiclass'
  const output = task === 'multiclass' ? code : 0
  const leafValues = isLookedUp ? lookedUpLeafValues(graph, ensemble, code) : leafValuesFor(ensemble, output)
  if (!leafValues) return null
  const isFirst = task === 'binary' && code === 0
  const added = isForest && task !== 'regression' ? 0 : (addedTo(graph, ensemble)?.[output] ?? 0)
  return {
    kind: 'trees',
    matrix: ensemble.inputs[0]!,
    scale: scaleOf(graph, task, { scores: ensemble, isForest }),
    trees: { ...shape, leafValues },
    // The share of the first of two classes is what the second leaves of 1.
    base: isFirst ? (isForest ? 1 : -added) : added,
    sign: isFirst ? -1 : 1,
  }
}

function readLinearLearner(
  graph: StoredGraph,
  { task, features }: ModelData,
  code: number,
): StoredLearner | null {
  const means = graph.metadata[metadataKeys.means]
  const equation = graph.nodes.findLast(
    ({ op, inputs }) =>
      op === 'Gemm' && Number(graph.constants.get(inputs[1] ?? '')?.dims?.[0]) === features.length,
  )
  if (!equation || means === undefined) return null
  const [coefficients, intercepts] = equation.inputs
    .slice(1)
    .map((name) => numbersOfTensor(graph.constants.get(name) ?? {}))
  if (!coefficients || !intercepts) return null
  const outputs = intercepts.length
  const of = (score: number) => ({
    coefficients: Float64Array.from(features, (_, feature) => coefficients[feature * outputs + score]!),
    intercept: intercepts[score]!,
  })
  const chosen = of(task === 'regression' ? 0 : code)
  const other = task === 'binary' ? of(1 - code) : null
  return {
    kind: 'linear',
    matrix: equation.inputs[0]!,
    scale: scaleOf(graph, task, { scores: equation, isForest: false }),
    coefficients: other
      ? chosen.coefficients.map((value, at) => value - other.coefficients[at]!)
      : chosen.coefficients,
    intercept: chosen.intercept - (other?.intercept ?? 0),
    means: Float64Array.from(JSON.parse(means) as number[]),
  }
}

/** The constant that scores are added to. */
function addedTo(graph: StoredGraph, ensemble: GraphNode): ArrayLike<number> | undefined {
  const [scores] = ensemble.outputs
  const cast = graph.nodes.find(({ op, inputs }) => op === 'Cast' && inputs[0] === scores)
  const from = new Set([scores, ...(cast?.outputs ?? [])])
  const sum = graph.nodes.find(({ op, inputs }) => op === 'Add' && from.has(inputs[0]))
  const constant = graph.constants.get(sum?.inputs[1] ?? '')
  return constant && numbersOfTensor(constant)
}

function scaleOf(
  graph: StoredGraph,
  task: ModelData['task'],
  { scores, isForest }: { scores: GraphNode; isForest: boolean },
): ExplanationScale {
  if (task === 'regression') return scaleOfAmount(graph, scores)
  if (isForest) return 'probability'
  return task === 'binary' ? 'log-odds' : 'log-weight'
}

/** By how the graph goes on from a score to the amount. */
function scaleOfAmount({ nodes }: StoredGraph, scores: GraphNode): ExplanationScale {
  const passing = new Set(['Cast', 'Add', 'Mul', 'Min', 'Max', 'Pad'])
  let [value] = scores.outputs
  for (;;) {
    const next = nodes.find(({ inputs }) => inputs[0] === value)
    if (next?.op === 'Exp') return 'logarithm'
    if (next?.op === 'Pow') return 'power'
    if (!next || !passing.has(next.op)) return 'value'
    ;[value] = next.outputs
  }
}
