import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { QuantileAccumulator } from '../accumulators/quantile-accumulator.ts'
import { emitClipped, type Bounds } from '../emit-clipped.ts'
import { numberFit } from '../number-fit.ts'
import type { Transform } from '../transform.ts'

/** The bounds of each column, in order. */
type ClipState = Bounds[]

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
      const clipped = emitClipped(
        builder,
        graph.matrix(names, 'float64'),
        chosen.map(({ bounds }) => bounds),
      )
      graph.put(names, clipped)
    },
  }
}

function quantileFit(columns: readonly string[], [low, high]: readonly [number, number]) {
  return numberFit(columns, () => {
    const quantiles = new QuantileAccumulator([low / 100, high / 100])
    return {
      add: (values) => quantiles.add(values),
      again: () => quantiles.again(),
      finish: (): ClipState[number] => [quantiles.quantile(low / 100), quantiles.quantile(high / 100)],
    }
  })
}
