import { dotProduct, maximumNorm, type Objective } from './objective.ts'
import { wolfeLineSearch, type Evaluation } from './wolfe-line-search.ts'

/** Pairs of steps and changes of the gradient that are remembered. */
const memory = 10

export interface Minimum {
  point: Float64Array
  value: number
  /** The largest absolute derivative there. */
  gradientNorm: number
  iterations: number
  /** `stalled`: rounding errors hide any further descent. */
  status: 'converged' | 'iteration-limit' | 'stalled'
}

/**
 * Minimizes a smooth function by L-BFGS (Liu & Nocedal 1989; Nocedal & Wright, 2nd edition, algorithm 7.5) until no
 * derivative is larger than `tolerance`.
 */
export async function minimize(options: {
  objective: Objective
  start: Float64Array
  tolerance: number
  iterations: number
  onIteration?: (state: { iteration: number; value: number; point: Float64Array }) => Promise<void>
}): Promise<Minimum> {
  const { objective, start, tolerance, iterations } = options
  const gradient = new Float64Array(start.length)
  let current: Evaluation = { point: start, value: await objective(start, gradient), gradient }
  const pairs: Pair[] = []
  const result = (iteration: number, status: Minimum['status']): Minimum => ({
    point: current.point,
    value: current.value,
    gradientNorm: maximumNorm(current.gradient),
    iterations: iteration,
    status,
  })
  for (let iteration = 0; ; iteration++) {
    if (maximumNorm(current.gradient) <= tolerance) return result(iteration, 'converged')
    if (iteration === iterations) return result(iteration, 'iteration-limit')
    const direction = descentDirection(current.gradient, pairs)
    const firstStep = pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dotProduct(direction, direction)))
    const next = await wolfeLineSearch({ objective, from: current, direction, firstStep })
    if (!next) {
      if (pairs.length === 0) return result(iteration, 'stalled')
      // What is remembered may mislead near the minimum: once more along the gradient itself.
      pairs.length = 0
      continue
    }
    remember(pairs, current, next)
    current = next
    await options.onIteration?.({ iteration: iteration + 1, value: current.value, point: current.point })
  }
}

interface Pair {
  step: Float64Array
  change: Float64Array
  /** step · change */
  product: number
}

function remember(pairs: Pair[], before: Evaluation, after: Evaluation): void {
  const step = after.point.map((coordinate, index) => coordinate - before.point[index]!)
  const change = after.gradient.map((derivative, index) => derivative - before.gradient[index]!)
  const product = dotProduct(step, change)
  if (!(product > Number.EPSILON * dotProduct(change, change))) return
  pairs.push({ step, change, product })
  if (pairs.length > memory) pairs.shift()
}

/** Minus the inverse Hessian that the pairs tell of, times the gradient (two-loop recursion, algorithm 7.4). */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((derivative) => -derivative)
  const shares: number[] = []
  for (const { step, change, product } of pairs.toReversed()) {
    const share = dotProduct(step, direction) / product
    shares.push(share)
    addTimes(direction, -share, change)
  }
  const last = pairs.at(-1)
  if (last) {
    const scale = last.product / dotProduct(last.change, last.change)
    for (let index = 0; index < direction.length; index++) direction[index] = direction[index]! * scale
  }
  for (const { step, change, product } of pairs) {
    addTimes(direction, shares.pop()! - dotProduct(change, direction) / product, step)
  }
  return direction
}

function addTimes(target: Float64Array, factor: number, vector: Float64Array): void {
  for (let index = 0; index < target.length; index++) target[index] = target[index]! + factor * vector[index]!
}
