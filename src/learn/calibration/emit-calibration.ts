import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { smallestProbability, type Calibration } from './calibration.ts'

/**
 * Appends the calibration of a classifier: from float32 [N, classes] probabilities to the same, which sum to 1 again. Two
 * classes: `calibrations` is that of the class with the code `positive` alone; the other gets the rest. Several: one a
 * class, made to sum to 1; where all are 0, all are equally probable.
 */
export function emitCalibration(
  builder: GraphBuilder,
  probabilities: Value,
  { calibrations, positive }: { calibrations: readonly Calibration[]; positive: number | null },
): Value {
  const wide = builder.node('Cast', [probabilities], { to: { i: elementCodes.float64 } })
  const one = number(builder, 1)
  const rest = (value: Value): Value => builder.node('Sub', [one, value])
  const columnOf = (code: number): Value =>
    builder.declare(
      builder.node('Gather', [wide, builder.constant(tensor('int64', [1], [code]))], { axis: { i: 1 } }),
      { type: 'float64', width: 1 },
    )
  const columns =
    positive === null
      ? shares(
          builder,
          calibrations.map((calibration, code) => {
            const own = columnOf(code)
            return emitOne(builder, calibration, { own, complement: rest(own) })
          }),
        )
      : bothSides(
          emitOne(builder, calibrations[0]!, { own: columnOf(positive), complement: columnOf(1 - positive) }),
          { positive, rest },
        )
  return builder.node('Cast', [concat(builder, columns)], { to: { i: elementCodes.float32 } })
}

const number = (builder: GraphBuilder, value: number): Value =>
  builder.constant(tensor('float64', [1, 1], [value]))

const concat = (builder: GraphBuilder, columns: readonly Value[]): Value =>
  builder.declare(builder.node('Concat', columns, { axis: { i: 1 } }), {
    type: 'float64',
    width: columns.length,
  })

function bothSides(
  value: Value,
  { positive, rest }: { positive: number; rest: (value: Value) => Value },
): readonly Value[] {
  return positive === 1 ? [rest(value), value] : [value, rest(value)]
}

function shares(builder: GraphBuilder, columns: readonly Value[]): readonly Value[] {
  const total = columns.reduce((sum, column) => builder.node('Add', [sum, column]))
  const isNone = builder.node('Equal', [total, number(builder, 0)])
  const equal = number(builder, 1 / columns.length)
  return columns.map((column) => builder.node('Where', [isNone, equal, builder.node('Div', [column, total])]))
}

function emitOne(
  builder: GraphBuilder,
  calibration: Calibration,
  { own, complement }: { own: Value; complement: Value },
): Value {
  switch (calibration.method) {
    case 'sigmoid': {
      const smallest = number(builder, smallestProbability)
      const log = (value: Value): Value => builder.node('Log', [builder.node('Max', [value, smallest])])
      const odds = builder.node('Sub', [log(own), log(complement)])
      const scaled = builder.node('Mul', [odds, number(builder, calibration.slope)])
      return builder.node('Sigmoid', [builder.node('Add', [scaled, number(builder, calibration.intercept)])])
    }
    case 'isotonic':
      return emitLines(builder, own, calibration)
  }
}

function emitLines(
  builder: GraphBuilder,
  value: Value,
  { from, to }: { from: readonly number[]; to: readonly number[] },
): Value {
  const points = from.length
  const slopes = from.map((bound, index) =>
    index + 1 < points ? (to[index + 1]! - to[index]!) / (from[index + 1]! - bound) : 0,
  )
  const inside = builder.node('Min', [
    builder.node('Max', [value, number(builder, from[0]!)]),
    number(builder, from.at(-1)!),
  ])
  const bounds = builder.constant(tensor('float64', [1, points], from))
  const reached = builder.node('Cast', [builder.node('GreaterOrEqual', [inside, bounds])], {
    to: { i: elementCodes.float64 },
  })
  const ones = builder.constant(
    tensor(
      'float64',
      [points, 1],
      from.map(() => 1),
    ),
  )
  // A sum of zeros and ones is exact in any order; the first bound is always reached.
  const place = builder.node('Sub', [builder.node('Gemm', [reached, ones]), number(builder, 1)])
  const index = builder.node('Cast', [place], { to: { i: elementCodes.int64 } })
  const look = (values: readonly number[]): Value =>
    builder.declare(
      builder.node('Gather', [builder.constant(tensor('float64', [points], values)), index], {
        axis: { i: 0 },
      }),
      { type: 'float64', width: 1 },
    )
  const rise = builder.node('Mul', [builder.node('Sub', [inside, look(from)]), look(slopes)])
  return builder.node('Add', [look(to), rise])
}
