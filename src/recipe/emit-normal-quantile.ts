import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'

/*
 * Coefficients of ascending powers: M. J. Wichura, “Algorithm AS 241: The percentage points of the normal
 * distribution”, Applied Statistics 37, 1988 (PPND16: about 16 digits), as float64 holds them.
 */
const middle = {
  above: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
}
const tail = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
}

/** Shares this close to 0 and 1 count as if they lay here, as in scikit-learn's QuantileTransformer. */
const nearest = 1e-7

/**
 * The number below which a share of a standard normal distribution lies: 0…1 in, about −5.2…5.2 out, NaN for NaN.
 */
export function emitNormalQuantile(builder: GraphBuilder, share: Value): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  const node = (op: string, ...inputs: readonly Value[]) => builder.node(op, inputs)
  const ratio = ({ above, below }: typeof middle, x: Value): Value =>
    node('Div', polynomial(builder, above, x), polynomial(builder, below, x))
  const clip = (value: Value, low: number, high: number): Value => {
    const raised = node('Where', node('Less', value, number(low)), number(low), value)
    return node('Where', node('Greater', raised, number(high)), number(high), raised)
  }
  const inside = clip(share, nearest, 1 - nearest)
  const fromHalf = node('Sub', inside, number(0.5))
  const central = node(
    'Mul',
    fromHalf,
    ratio(middle, node('Sub', number(0.180625), node('Mul', fromHalf, fromHalf))),
  )
  const toEnd = node('Where', node('Less', fromHalf, number(0)), inside, node('Sub', number(1), inside))
  const root = node('Sqrt', node('Neg', node('Log', toEnd)))
  // From 1e-7 to the end the root is at most 4.02; AS 241 has another branch from 5 on.
  const size = ratio(tail, node('Sub', root, number(1.6)))
  const outer = node('Mul', node('Sign', fromHalf), size)
  return node('Where', node('LessOrEqual', node('Abs', fromHalf), number(0.425)), central, outer)
}

function polynomial(builder: GraphBuilder, coefficients: readonly number[], x: Value): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  return coefficients
    .slice(0, -1)
    .reduceRight<Value>(
      (sum, coefficient) => builder.node('Add', [builder.node('Mul', [sum, x]), number(coefficient)]),
      number(coefficients.at(-1)!),
    )
}
