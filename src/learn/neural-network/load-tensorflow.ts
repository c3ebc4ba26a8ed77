import util from 'node:util'
import type * as tensorFlow from '@tensorflow/tfjs-core'
import { learnError } from '../errors.ts'

/** What TensorFlow.js offers, whatever computes below it. */
export type TensorFlow = typeof tensorFlow

const nativePackage = '@tensorflow/tfjs-node'

/**
 * TensorFlow.js with its native library, where that is installed. Throws `learn.no-tensorflow` where it is not, or cannot
 * be loaded.
 */
export async function loadTensorFlow(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<TensorFlow> {
  supplyGoneFunction()
  try {
    return moduleOf(await load(nativePackage))
  } catch (cause) {
    const [problem] = (cause as Error).message.split('\n')
    throw learnError('no-tensorflow', { problem: problem! }, { cause })
  }
}

/** A module of CommonJS has what it exports under `default` as well, and may have it only there. */
const moduleOf = (loaded: unknown): TensorFlow =>
  (loaded as { default?: TensorFlow }).default ?? (loaded as TensorFlow)

/** tfjs-node 4.22 asks for it, and Node 23 dropped it. */
function supplyGoneFunction(): void {
  const known = util as { isNullOrUndefined?: (value: unknown) => boolean }
  known.isNullOrUndefined ??= (value) => value === null || value === undefined
}
