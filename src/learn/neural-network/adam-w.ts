import { viewOf, type WeightBlock } from './network-shape.ts'

const firstDecay = 0.9
const secondDecay = 0.999
const smallest = 1e-8

/** Moves weights against their derivatives: Adam (Kingma and Ba 2015) with decoupled decay (Loshchilov and Hutter 2019). */
export class AdamW {
  readonly #blocks: readonly WeightBlock[]
  readonly #first: Float32Array
  readonly #second: Float32Array
  readonly #weightDecay: number
  #steps = 0

  constructor(blocks: readonly WeightBlock[], size: number, weightDecay: number) {
    this.#blocks = blocks
    this.#first = new Float32Array(size)
    this.#second = new Float32Array(size)
    this.#weightDecay = weightDecay
  }

  step(weights: Float32Array, derivatives: Float32Array, learningRate: number): void {
    this.#steps++
    const firstScale = 1 / (1 - firstDecay ** this.#steps)
    const secondScale = 1 / (1 - secondDecay ** this.#steps)
    for (const block of this.#blocks) {
      const [own, slope] = [viewOf(weights, block), viewOf(derivatives, block)]
      const [first, second] = [viewOf(this.#first, block), viewOf(this.#second, block)]
      const kept = block.decays ? 1 - learningRate * this.#weightDecay : 1
      for (let index = 0; index < own.length; index++) {
        const derivative = slope[index]!
        first[index] = firstDecay * first[index]! + (1 - firstDecay) * derivative
        second[index] = secondDecay * second[index]! + (1 - secondDecay) * derivative * derivative
        const length = Math.sqrt(second[index]! * secondScale) + smallest
        own[index] = own[index]! * kept - (learningRate * first[index]! * firstScale) / length
      }
    }
  }
}
