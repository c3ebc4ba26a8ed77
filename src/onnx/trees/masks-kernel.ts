import { defineFunction, type WasmFunction } from '../../core/webassembly/module.ts'
import { f32, i32, v128, type Value } from '../../core/webassembly/value.ts'
import { MASK_LEAVES, TREES_AT_ONCE, type LeafMasks } from './leaf-masks.ts'

export const scoreRowsName = 'scoreRows'

/** Where the parts of an ensemble lie in memory. */
export interface MasksLayout {
  /** Parallel to the features: 2^levels − 1 cuts, filled up with infinity, and the masks. */
  features: readonly { levels: number; cuts: number; masks: number }[]
  values: number
  /** Room for a mask of each tree. */
  chosen: number
}

const bytesPerVector = 16
const vectorsAtOnce = TREES_AT_ONCE / 4

/**
 * Adds up the leaves that rows come to. `rows` to `rowsEnd` are float32, `rowBytes` apart; `scores` is where the sums
 * of the first row go, one an output. Sums are in float32, in the order of the trees.
 */
export function scoreRows(masks: LeafMasks, layout: MasksLayout, rowBytes: number): WasmFunction {
  const parameters = { rows: 'i32', rowsEnd: 'i32', scores: 'i32' } as const
  return defineFunction({ name: scoreRowsName, parameters }, (body, { rows, rowsEnd, scores }) => {
    const masksBytes = masks.paddedTrees * 4
    const value = body.local('f32')
    const place = body.local('i32')
    const isNumber = body.local('i32')
    const found = masks.features.map(() => body.local('i32'))
    const done = body.local('i32')
    const address = body.local('i32')
    const end = body.local('i32')
    const sum = body.local('f32')
    const both = Array.from({ length: vectorsAtOnce }, () => body.local('v128'))

    const findBin = ({ feature }: LeafMasks['features'][number], index: number): void => {
      const { levels, cuts, masks: first } = layout.features[index]!
      body.set(value, f32.load(rows, feature * 4))
      body.set(place, i32.constant(cuts))
      for (let level = levels - 1; level >= 0; level--) {
        const isAbove = f32.lessThan(f32.load(place, 4 * (2 ** level - 1)), value)
        body.set(place, i32.add(place, i32.shiftLeft(isAbove, i32.constant(level + 2))))
      }
      body.set(isNumber, i32.xor(f32.notEqual(value, value), i32.constant(1)))
      const below = i32.shiftRightSigned(i32.subtract(place, i32.constant(cuts)), i32.constant(2))
      const bin = i32.multiply(isNumber, i32.add(below, i32.constant(1)))
      body.set(found[index]!, i32.add(i32.multiply(bin, i32.constant(masksBytes)), i32.constant(first)))
    }
    const chooseLeaves = (): void => {
      body.set(done, i32.constant(0))
      body.loop(done, { end: i32.constant(masksBytes), step: bytesPerVector * vectorsAtOnce }, () => {
        for (const [index, at] of found.entries()) {
          body.set(address, i32.add(at, done))
          for (const [part, vector] of both.entries()) {
            const mask = v128.load(address, part * bytesPerVector)
            body.set(vector, index === 0 ? mask : v128.and(vector, mask))
          }
        }
        for (const [part, vector] of both.entries())
          body.store(done, vector, layout.chosen + part * bytesPerVector)
      })
    }
    const addLeaves = (): void => {
      body.set(address, i32.constant(layout.values))
      body.set(done, i32.constant(0))
      for (const [output, trees] of masks.treesOf.entries()) {
        body.set(sum, f32.constant(0))
        body.set(end, i32.add(done, i32.constant(trees * 4)))
        body.loop(done, { end, step: 4 }, () => {
          body.set(sum, f32.add(sum, f32.load(i32.add(address, leafBytes(i32.load(done, layout.chosen))))))
          body.set(address, i32.add(address, i32.constant(MASK_LEAVES * 4)))
        })
        body.store(scores, sum, output * 4)
      }
    }
    body.loop(rows, { end: rowsEnd, step: rowBytes }, () => {
      for (const [index, feature] of masks.features.entries()) findBin(feature, index)
      chooseLeaves()
      addLeaves()
      body.set(scores, i32.add(scores, i32.constant(masks.treesOf.length * 4)))
    })
  })
}

/** Where the value of the first leaf that is left lies among those of its tree. */
const leafBytes = (mask: Value<'i32'>): Value<'i32'> => i32.shiftLeft(i32.lowestOne(mask), i32.constant(2))
