import type { Column } from '../../core/columns.ts'
import { constantFor, indicatorName } from '../../core/transforms/impute-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { CategoryCounts } from '../accumulators/category-counts.ts'
import { countedBy } from '../counted-by.ts'
import { MomentsAccumulator } from '../accumulators/moments.ts'
import { QuantileAccumulator } from '../accumulators/quantile-accumulator.ts'
import { recipeError } from '../errors.ts'
import { fittingStandIn } from '../fitting-stand-in.ts'
import { numberFit } from '../number-fit.ts'
import type { StepGraph } from '../step-graph.ts'
import type { Fit, Transform } from '../transform.ts'

type Params = TransformParams<'impute'>

/** What stands in for a missing value, of each column in order. */
type ImputeState = (number | string)[]

/** As scikit-learn's SimpleImputer, and MissingIndicator for all columns. */
export function imputeTransform(params: Params): Transform<ImputeState> {
  return {
    fit: (columns) => fitOf(params, columns),
    emit(graph, state) {
      const { indicator } = params
      const isNeeded = (name: string): boolean =>
        graph.isWanted(name) || (indicator && graph.isWanted(indicatorName(name)))
      const chosen = params.columns
        .map((name, index) => ({ name, standIn: state[index]!, isText: graph.column(name).type === 'text' }))
        .filter(({ name }) => isNeeded(name))
      const [texts, numbers] = [chosen.filter(({ isText }) => isText), chosen.filter(({ isText }) => !isText)]
      if (numbers.length > 0) fillIn(graph, numbers, { type: 'float64', indicator })
      if (texts.length > 0) fillIn(graph, texts, { type: 'string', indicator })
    },
  }
}

function fitOf(params: Params, columns: readonly Column[]): Fit<ImputeState> {
  switch (params.strategy) {
    case 'mean':
      return numberFit(params.columns, (name) => {
        const moments = new MomentsAccumulator()
        const type = typeOf(columns, name)
        return {
          add: (values) => moments.addAll(values),
          finish: () => fittingStandIn(moments.finish().mean, { name, type }),
        }
      })
    case 'median':
      return numberFit(params.columns, (name) => {
        const quantiles = new QuantileAccumulator([0.5])
        const type = typeOf(columns, name)
        return {
          add: (values) => quantiles.add(values),
          again: () => quantiles.again(),
          finish: () => fittingStandIn(quantiles.median(), { name, type }),
        }
      })
    case 'most-frequent':
      return mostFrequentFit(params.columns)
    case 'constant':
      return {
        reads: [],
        add: () => undefined,
        finish: () => columns.map(({ type }) => constantFor(type, params.value)!),
      }
  }
}

function mostFrequentFit(names: readonly string[]): Fit<ImputeState> {
  const counts = names.map((name) => ({ name, values: new CategoryCounts() }))
  return {
    reads: names,
    ...countedBy(counts),
    finish: () =>
      counts.map(({ name, values }) => {
        const value = values.mostFrequent()
        if (value === undefined) throw recipeError('no-values', { column: name })
        if (typeof value === 'number' && !Number.isFinite(value))
          throw recipeError('infinite-value', { column: name })
        return value
      }),
  }
}

function typeOf(columns: readonly Column[], name: string): Column['type'] {
  return columns.find((column) => column.name === name)!.type
}

function fillIn(
  graph: StepGraph,
  columns: readonly { name: string; standIn: number | string }[],
  { type, indicator }: { type: 'float64' | 'string'; indicator: boolean },
): void {
  const { builder } = graph
  const names = columns.map(({ name }) => name)
  const values = graph.matrix(names, type)
  const isMissing =
    type === 'string'
      ? builder.node('Equal', [values, builder.constant(tensor('string', [1], ['']))])
      : builder.node('IsNaN', [values])
  const standIns = builder.constant(
    tensor(type, [1, names.length], columns.map(({ standIn }) => standIn) as never[]),
  )
  const filled = builder.node('Where', [isMissing, standIns, values])
  graph.put(names, filled)
  if (indicator && names.some((name) => graph.isWanted(indicatorName(name)))) {
    const indicators = builder.node('Cast', [isMissing], { to: { i: elementCodes.float64 } })
    graph.put(names.map(indicatorName), indicators)
  }
}
