import { InferenceSession, Tensor } from 'onnxruntime-node'
import { onnxError } from './errors.ts'
import { sessionOptions } from './session.ts'

/** Numbers of a tensor in row-major order; the array may be part of a larger buffer, but not of shared memory. */
export interface Numbers {
  data: Float32Array
  dims: readonly number[]
}

/** A graph that computes with numbers of any shape, for work inside a step: `openSession` is for models. */
export interface NumberGraph {
  run(inputs: Readonly<Record<string, Numbers>>): Promise<Record<string, Float32Array>>
  close(): Promise<void>
}

/** Runs on one thread, as models do, so that equal inputs give equal bits. */
export async function openGraph(bytes: Uint8Array): Promise<NumberGraph> {
  const session = await create(bytes)
  return {
    async run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, { data, dims }]) => [name, new Tensor('float32', data, dims)]),
      )
      const answers = await session.run(feeds)
      return Object.fromEntries(
        Object.entries(answers).map(([name, answer]) => [name, answer.data as Float32Array]),
      )
    },
    close: () => session.release(),
  }
}

async function create(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, sessionOptions)
  } catch (cause) {
    throw onnxError('session-failed', { problem: (cause as Error).message }, { cause })
  }
}
