import { InferenceSession, Tensor } from 'onnxruntime-node'
import { createRandom, type Random } from '../../tables/random.ts'
import type { GraphPort } from '../model-message.ts'
import { sessionOptions } from '../session.ts'
import type { StoredTrees } from '../stored-trees.ts'
import type { TreeWalker } from './tree-walker.ts'

type AskingTrees = Pick<StoredTrees, 'features' | 'thresholds' | 'members'>

const triedRows = 512

/**
 * Whether a walker gives what the runtime gives, bit for bit, for rows of the numbers and categories that the trees ask for,
 * of those beside them, and of none. `alone` is a model of nothing but the ensemble.
 */
export async function isProven(
  walk: TreeWalker,
  ensemble: { alone: Uint8Array; matrix: GraphPort; scores: GraphPort; trees: AskingTrees },
): Promise<boolean> {
  const { alone, matrix, scores, trees } = ensemble
  const values = triedMatrix(trees, matrix.width)
  const session = await InferenceSession.create(alone, sessionOptions)
  const [input] = session.inputNames
  const dims = [triedRows, matrix.width]
  const answers = await session.run({ [input!]: new Tensor('float32', values, dims) })
  await session.release()
  const expected = answers[scores.name]!.data as Float32Array
  return Buffer.compare(bytesOf(expected), bytesOf(walk(values, triedRows))) === 0
}

/** Features that no tree asks for are 0: of texts, there may be thousands. */
function triedMatrix(trees: AskingTrees, width: number): Float32Array {
  const random = createRandom(triedRows)
  const tried = new Map<number, number[]>()
  for (const [node, feature] of trees.features.entries()) {
    const members = trees.members[node]
    const threshold = trees.thresholds[node]!
    const known = tried.get(feature) ?? [Number.NaN, 0]
    if (members) known.push(...members, members.at(-1)! + 1)
    else known.push(threshold, between(threshold, random), -Infinity)
    tried.set(feature, known)
  }
  const matrix = new Float32Array(triedRows * width)
  for (const [feature, values] of tried)
    for (let at = feature; at < matrix.length; at += width) matrix[at] = values[random.below(values.length)]!
  return matrix
}

/** Near a threshold, above or below. */
const between = (threshold: number, random: Random): number => threshold * (1 + random.unit() / 8 - 1 / 16)

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
