import type { ForestTask, OutOfBag } from './forest-task.ts'

/** More votes than these, in all, are not taken: they would need a gigabyte. */
const mostVotes = 2 ** 28

/** A place for votes, where trees leave rows out. */
export function openOutOfBag(task: Omit<ForestTask, 'outOfBag'>): OutOfBag | null {
  const { rows, outputs, parameters } = task
  if (!parameters.bootstrap || rows * outputs > mostVotes) return null
  const largest = outputs > 1 ? 1 : largestTarget(task)
  if (largest === 0) return null
  return {
    votes: new SharedArrayBuffer(4 * rows * outputs),
    voters: new SharedArrayBuffer(4 * rows),
    scale: (2 ** 31 - 1) / (parameters.trees + 1) / largest,
  }
}

/**
 * How well trees answer for the rows that they were not grown on: the share of right answers, or R². Empty where no
 * row was left out.
 */
export function outOfBagMetrics(task: ForestTask): Record<string, number> {
  if (!task.outOfBag) return {}
  return task.outputs > 1 ? shareOfRightAnswers(task, task.outOfBag) : explainedVariance(task, task.outOfBag)
}

function shareOfRightAnswers(task: ForestTask, outOfBag: OutOfBag): Record<string, number> {
  const { targets, weights, outputs } = viewsOf(task)
  const { votes, voters } = countsOf(outOfBag)
  let right = 0
  let total = 0
  for (let row = 0; row < task.rows; row++) {
    if (voters[row] === 0) continue
    const own = votes.subarray(row * outputs, (row + 1) * outputs)
    total += weights[row]!
    if (own.indexOf(Math.max(...own)) === targets[row]) right += weights[row]!
  }
  return total > 0 ? { out_of_bag_accuracy: right / total } : {}
}

function explainedVariance(task: ForestTask, outOfBag: OutOfBag): Record<string, number> {
  const { targets, weights } = viewsOf(task)
  const { votes, voters } = countsOf(outOfBag)
  const voted = Array.from(voters.keys()).filter((row) => voters[row]! > 0)
  const sumOf = (term: (row: number) => number): number =>
    voted.reduce((sum, row) => sum + weights[row]! * term(row), 0)
  const mean = sumOf((row) => targets[row]!) / sumOf(() => 1)
  const total = sumOf((row) => (targets[row]! - mean) ** 2)
  const left = sumOf((row) => (targets[row]! - votes[row]! / voters[row]! / outOfBag.scale) ** 2)
  return total > 0 ? { out_of_bag_r2: 1 - left / total } : {}
}

function largestTarget(task: Omit<ForestTask, 'outOfBag'>): number {
  return viewsOf(task).targets.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
}

function viewsOf({ memory, at, rows, outputs }: Omit<ForestTask, 'outOfBag'>) {
  return {
    outputs,
    targets: new Float32Array(memory.buffer, at.targets, rows),
    weights: new Float32Array(memory.buffer, at.weights, rows),
  }
}

const countsOf = ({ votes, voters }: OutOfBag) => ({
  votes: new Int32Array(votes),
  voters: new Int32Array(voters),
})
