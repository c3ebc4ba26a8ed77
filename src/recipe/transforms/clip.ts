import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { tensor } from '../../onnx/tensor.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { quantileOf } from '../accumulators/quantile.ts'
import { numberFit } from '../number-fit.ts'
import type { Transform } from '../transform.ts'

/** The bounds of each column, in order; null where there is none. */
type ClipState = [lower: number | null, upper: number | null][]

/** Numbers beyond a bound become the bound. Null stays null. */
export function clipTransform(params: TransformParams<'clip'>): Transform<ClipState> {
  const given: ClipState | null =
    params.method === 'bounds' ? params.columns.map(() => [params.lower, params.upper]) : null
  return {
    fit: params.method === 'quantiles' ? () => quantileFit(params.columns, params.quantiles) : null,
    emit(graph, state) {
      const { builder } = graph
      const bounds = given ?? state
      const chosen = params.columns
        .map((name, index) => ({ name, bounds: bounds[index]! }))
        .filter(({ name }) => graph.isWanted(name))
      const names = chosen.map(({ name }) => name)
      const row = (values: number[]) => builder.constant(tensor('float64', [1, values.length], values))
      const lower = row(chosen.map(({ bounds }) => bounds[0] ?? Number.NEGATIVE_INFINITY))
      const upper = row(chosen.map(({ bounds }) => bounds[1] ?? Number.POSITIVE_INFINITY))
      const values = graph.matrix(names, 'float64')
      const raised = builder.node('Where', [builder.node('Less', [values, lower]), lower, values])
      graph.put(names, builder.node('Where', [builder.node('Greater', [raised, upper]), upper, raised]))
    },
  }
}

function quantileFit(columns: readonly string[], [low, high]: readonly [number, number]) {
  return numberFit(columns, () => {
    const values = new CollectedValues()
    return {
      add: (value) => values.add(value),
      finish: (): ClipState[number] => {
        const all = values.all()
        return [quantileOf(all, low / 100), quantileOf(all, high / 100)]
      },
    }
  })
}
