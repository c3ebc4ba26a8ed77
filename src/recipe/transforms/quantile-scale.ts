import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { sortNumbers } from '../../tables/sort/sort-numbers.ts'
import { CollectedValues } from '../accumulators/collected-values.ts'
import { emitNormalQuantile } from '../emit-normal-quantile.ts'
import { numberFit } from '../number-fit.ts'
import type { Transform } from '../transform.ts'

type Params = Extract<TransformParams<'scale'>, { method: 'quantile' }>

/** The quantiles of each column in order, ascending; the first stands at share 0, the last at share 1. */
type QuantileState = number[][]

/**
 * As scikit-learn's QuantileTransformer of all rows: shares of rows between which lines run, 0 and 1 beyond; where
 * several quantiles are equal, the middle of their shares.
 */
export function quantileScaleTransform(params: Params): Transform<QuantileState> {
  return {
    fit: () =>
      numberFit(params.columns, () => {
        const values = new CollectedValues()
        return {
          add: (block) => values.addAll(block),
          finish: () => {
            const sorted = values.all()
            sortNumbers(sorted)
            return quantiles(sorted, params.count)
          },
        }
      }),
    emit(graph, state) {
      const names = params.columns.filter((name) => graph.isWanted(name))
      for (const [index, values] of graph.separate(names).entries()) {
        const share = emitShare(graph.builder, values, state[params.columns.indexOf(names[index]!)]!)
        graph.put(
          [names[index]!],
          params.output === 'normal' ? emitNormalQuantile(graph.builder, share) : share,
        )
      }
    },
  }
}

/** As many as wanted, but no more than there are values; interpolated linearly as by NumPy. */
function quantiles(sorted: Float64Array, wanted: number): number[] {
  const count = Math.max(2, Math.min(wanted, sorted.length))
  const found = Array.from({ length: count }, (_, index) => {
    const position = (sorted.length - 1) * (index === count - 1 ? 1 : index * (1 / (count - 1)))
    const low = sorted[Math.floor(position)]!
    const high = sorted[Math.ceil(position)]!
    const part = position - Math.floor(position)
    return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
  })
  // Rounding must not put one below the one before it.
  let highest = -Infinity
  return found.map((value) => (highest = Math.max(highest, value)))
}

/** One piece of the curve: from a quantile on, up to the next that is larger. */
interface Piece {
  from: number
  /** The share exactly there: the middle where several quantiles are equal. */
  at: number
  /** The share just above, and what is added for each unit. */
  above: number
  slope: number
}

function piecesOf(quantiles: readonly number[]): Piece[] {
  const share = (index: number) => index / (quantiles.length - 1)
  const starts = quantiles.flatMap((value, index) => (value === quantiles[index - 1] ? [] : [index]))
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? quantiles.length
    const from = quantiles[start]!
    const [first, last] = [share(start), share(next - 1)]
    const slope = next < quantiles.length ? (share(next) - last) / (quantiles[next]! - from) : 0
    return { from, at: (first + last) / 2, above: last, slope }
  })
}

function emitShare(builder: GraphBuilder, values: Value, quantiles: readonly number[]): Value {
  const pieces = piecesOf(quantiles)
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const row = (of: (piece: Piece) => number) =>
    builder.constant(tensor('float64', [pieces.length], pieces.map(of)))
  const bounds = builder.constant(
    tensor(
      'float64',
      [1, pieces.length],
      pieces.map(({ from }) => from),
    ),
  )
  const reached = builder.node('Cast', [builder.node('GreaterOrEqual', [values, bounds])], {
    to: { i: elementCodes.float64 },
  })
  const ones = builder.constant(
    tensor(
      'float64',
      [pieces.length, 1],
      pieces.map(() => 1),
    ),
  )
  // A sum of zeros and ones is exact in any order.
  const place = builder.node('Sub', [builder.node('Gemm', [reached, ones]), number(1)])
  const index = builder.node('Cast', [builder.node('Max', [place, number(0)])], {
    to: { i: elementCodes.int64 },
  })
  const look = (of: (piece: Piece) => number) =>
    builder.declare(builder.node('Gather', [row(of), index], { axis: { i: 0 } }), {
      type: 'float64',
      width: 1,
    })
  const from = look((piece) => piece.from)
  const rise = builder.node('Mul', [builder.node('Sub', [values, from]), look(({ slope }) => slope)])
  const between = builder.node('Add', [look(({ above }) => above), rise])
  const isAt = builder.node('Equal', [values, from])
  const inside = builder.node('Where', [isAt, look(({ at }) => at), between])
  // The ends are 0 and 1, even where several quantiles are equal there.
  const first = number(quantiles[0]!)
  const last = number(quantiles.at(-1)!)
  const high = builder.node('Where', [builder.node('GreaterOrEqual', [values, last]), number(1), inside])
  return builder.node('Where', [builder.node('LessOrEqual', [values, first]), number(0), high])
}
