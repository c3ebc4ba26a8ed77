import { dotProduct, type Objective } from './objective.ts'

/** A point of the objective with all that was found out about it. */
export interface Evaluation {
  point: Float64Array
  value: number
  gradient: Float64Array
}

/** On the line: how far out, the value there, and its slope. */
interface Trial extends Evaluation {
  step: number
  slope: number
}

const sufficientDecrease = 1e-4
const curvature = 0.9
const mostTrials = 40
/** Values closer than this, relative to their size, cannot be told apart. */
const roundingError = 8 * Number.EPSILON

/**
 * A step along a direction of descent that meets the strong Wolfe conditions (Nocedal & Wright, Numerical Optimization,
 * 2nd edition, algorithms 3.5 and 3.6), or null when rounding errors leave none to be found.
 */
export async function wolfeLineSearch(options: {
  objective: Objective
  from: Evaluation
  direction: Float64Array
  firstStep: number
}): Promise<Evaluation | null> {
  const { from, direction } = options
  const start: Trial = { ...from, step: 0, slope: dotProduct(from.gradient, direction) }
  if (!(start.slope < 0)) return null
  let previous = start
  let step = options.firstStep
  for (let trials = 0; trials < mostTrials; trials++) {
    const trial = await tryStep(options, step)
    if (!decreases(trial, start) || (trials > 0 && trial.value > previous.value + noiseAt(previous))) {
      return zoom({ ...options, start, low: previous, high: trial, trials })
    }
    if (Math.abs(trial.slope) <= -curvature * start.slope) return trial
    if (trial.slope >= 0) return zoom({ ...options, start, low: trial, high: previous, trials })
    previous = trial
    step *= 2
  }
  return null
}

/** Narrows the interval between the best step so far and one that brackets a minimum with it. */
async function zoom(options: {
  objective: Objective
  from: Evaluation
  direction: Float64Array
  start: Trial
  low: Trial
  high: Trial
  trials: number
}): Promise<Evaluation | null> {
  const { start } = options
  let { low, high } = options
  for (let trials = options.trials; trials < mostTrials; trials++) {
    const trial = await tryStep(options, stepBetween(low, high))
    if (!decreases(trial, start) || trial.value > low.value + noiseAt(low)) {
      high = trial
    } else {
      if (Math.abs(trial.slope) <= -curvature * start.slope) return trial
      if (trial.slope * (high.step - low.step) >= 0) high = low
      low = trial
    }
  }
  return low.step > 0 && low.value < start.value ? low : null
}

async function tryStep(
  line: { objective: Objective; from: Evaluation; direction: Float64Array },
  step: number,
): Promise<Trial> {
  const { objective, from, direction } = line
  const point = from.point.map((coordinate, index) => coordinate + step * direction[index]!)
  const gradient = new Float64Array(point.length)
  const value = await objective(point, gradient)
  return { point, value, gradient, step, slope: dotProduct(gradient, direction) }
}

const noiseAt = ({ value }: Evaluation): number => roundingError * Math.abs(value)

function decreases(trial: Trial, start: Trial): boolean {
  return trial.value <= start.value + sufficientDecrease * trial.step * start.slope + noiseAt(start)
}

/** The minimum of the cubic through both ends (eq. 3.59), kept away from them; the middle where there is none. */
function stepBetween(low: Trial, high: Trial): number {
  const width = high.step - low.step
  const first = low.slope + high.slope - (3 * (low.value - high.value)) / (low.step - high.step)
  const second = Math.sign(width) * Math.sqrt(first * first - low.slope * high.slope)
  const share = 1 - (high.slope + second - first) / (high.slope - low.slope + 2 * second)
  return low.step + width * (share >= 0.1 && share <= 0.9 ? share : 0.5)
}
