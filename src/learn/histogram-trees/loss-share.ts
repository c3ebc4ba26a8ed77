import type { TreeKernels } from './kernels/tree-kernels.ts'
import { quantileOf, weightedQuantileOf } from './quantile-of.ts'
import { deriveQuantileLoss, deriveSquaredError, type LossRows } from './simple-losses.ts'
import type { ThreadTask } from './thread-task.ts'
import { blockRows, blocksOfThread, numbersPerBlock, paddedBytes } from './training-plan.ts'

type Part = 'train' | 'validation'

/** What one thread does about the loss: derivatives, softmax norms, residuals. */
export class LossShare {
  readonly #task: ThreadTask
  readonly #thread: number
  readonly #kernels: TreeKernels

  constructor(task: ThreadTask, { thread, kernels }: { thread: number; kernels: TreeKernels }) {
    this.#task = task
    this.#thread = thread
    this.#kernels = kernels
  }

  scoresAt(part: Part, output: number): number {
    const { at, rows } = this.#task.plan
    return at.scores[part] + output * paddedBytes(rows[part])
  }

  /** Softmax: the largest margin of each row, and one over the sum of the exponentials of the others less it. */
  prepareRound(part: Part): void {
    const { plan, memory, loss, bases } = this.#task
    if (loss.name !== 'softmax') return
    const apart = paddedBytes(plan.rows[part])
    for (const [begin, end] of blocksOfThread(this.#task.plan, { part, thread: this.#thread })) {
      const count = paddedBytes(end - begin) / 4
      const largestAt = plan.at.norms[part] + 4 * begin
      const largest = new Float32Array(memory.buffer, largestAt, count).fill(-Infinity)
      const sums = new Float32Array(memory.buffer, largestAt + apart, count).fill(0)
      for (let output = 0; output < plan.outputs; output++) {
        const scores = new Float32Array(memory.buffer, this.scoresAt(part, output) + 4 * begin, count)
        const base = bases[output]!
        for (let row = 0; row < count; row++) {
          const margin = Math.fround(scores[row]! + base)
          if (margin > largest[row]!) largest[row] = margin
        }
      }
      for (let output = 0; output < plan.outputs; output++) {
        const scores = this.scoresAt(part, output) + 4 * begin
        this.#kernels.addExponentials(scores, scores + 4 * count, bases[output]!, largestAt, sums.byteOffset)
      }
      for (let row = 0; row < count; row++) sums[row] = 1 / sums[row]!
    }
  }

  /** Derivatives of validation rows are written over those of train rows: their loss alone is wanted. */
  derive({ part, output }: { part: Part; output: number }): void {
    const { plan, memory } = this.#task
    const numbers = new Float64Array(memory.buffer, plan.at.blockNumbers[part])
    for (const [begin, end] of blocksOfThread(this.#task.plan, { part, thread: this.#thread })) {
      const derivatives = plan.at.derivatives + 8 * begin
      const derivativesEnd = derivatives + 8 * (end - begin)
      const block = (begin / blockRows) * numbersPerBlock
      numbers[block] = this.#deriveBlock({ part, output, begin, end, derivatives })
      if (part === 'train')
        this.#kernels.measureDerivatives(derivatives, derivativesEnd, numbers.byteOffset + 8 * (block + 1))
    }
  }

  /** The quantile of what is left to explain of some rows. */
  quantileOf(lists: readonly Uint32Array[], level: number): number {
    const { plan, memory, isUnweighted } = this.#task
    const scores = new Float32Array(memory.buffer, plan.at.scores.train)
    const targets = new Float32Array(memory.buffer, plan.at.targets.train)
    const weights = new Float32Array(memory.buffer, plan.at.weights.train)
    const count = lists.reduce((sum, rows) => sum + rows.length, 0)
    const residuals = new Float32Array(count)
    const residualWeights = new Float32Array(isUnweighted ? 0 : count)
    let next = 0
    for (const rows of lists) {
      for (let index = 0; index < rows.length; index++, next++) {
        const row = rows[index]!
        residuals[next] = targets[row]! - scores[row]!
        if (!isUnweighted) residualWeights[next] = weights[row]!
      }
    }
    return isUnweighted ? quantileOf(residuals, level) : weightedQuantileOf(residuals, residualWeights, level)
  }

  #deriveBlock(options: {
    part: Part
    output: number
    begin: number
    end: number
    derivatives: number
  }): number {
    const { part, output, begin, end, derivatives } = options
    const { plan, memory, loss, bases } = this.#task
    const scores = this.scoresAt(part, output) + 4 * begin
    const targets = plan.at.targets[part] + 4 * begin
    const weights = plan.at.weights[part] + 4 * begin
    const common = [scores, scores + paddedBytes(end - begin), targets, weights, derivatives] as const
    const rows = (): LossRows => ({
      scores: new Float32Array(memory.buffer, scores, end - begin),
      targets: new Float32Array(memory.buffer, targets, end - begin),
      weights: new Float32Array(memory.buffer, weights, end - begin),
      derivatives: new Float32Array(memory.buffer, derivatives, 2 * (end - begin)),
    })
    switch (loss.name) {
      case 'logistic':
        return this.#kernels.logisticDerivatives(...common, bases[0]!)
      case 'poisson':
        return this.#kernels.poissonDerivatives(...common, bases[0]!)
      case 'squared':
        return deriveSquaredError(rows())
      case 'absolute':
        return deriveQuantileLoss(rows(), 0.5)
      case 'quantile':
        return deriveQuantileLoss(rows(), loss.level)
      case 'softmax': {
        const norms = plan.at.norms[part] + 4 * begin
        const apart = paddedBytes(plan.rows[part])
        this.#kernels.softmaxDerivatives(...common, bases[output]!, norms, apart, output)
        return output === 0 ? this.#softmaxLoss({ part, begin, end }) : 0
      }
    }
  }

  #softmaxLoss({ part, begin, end }: { part: Part; begin: number; end: number }): number {
    const { plan, memory, bases } = this.#task
    const at = (address: number): Float32Array =>
      new Float32Array(memory.buffer, address + 4 * begin, end - begin)
    const scores = Array.from({ length: plan.outputs }, (_, output) => at(this.scoresAt(part, output)))
    const targets = at(plan.at.targets[part])
    const weights = at(plan.at.weights[part])
    const largest = at(plan.at.norms[part])
    const inverses = at(plan.at.norms[part] + paddedBytes(plan.rows[part]))
    let sum = 0
    for (let row = 0; row < targets.length; row++) {
      const code = targets[row]!
      const margin = scores[code]![row]! + bases[code]!
      sum -= weights[row]! * (margin - largest[row]! + Math.log(inverses[row]!))
    }
    return sum
  }
}
