import { InferenceSession, type Tensor } from 'onnxruntime-node'
import { onnxError } from './errors.ts'
import { createFeeds } from './create-feeds.ts'
import type { InputColumn } from './input-columns.ts'
import { columnNames, readMetadata, type ModelPort } from './read-model.ts'
import { runnableModel } from './runnable-model.ts'
import { largestMessageBytes } from './wire-writer.ts'

/** Columns of one length: a number, or `width` numbers, or a text a row. */
export interface InputRows {
  rows: number
  columns: Readonly<Record<string, InputColumn>>
}
export type OutputColumn = Float32Array | Float64Array | string[]
/** One column an output, rows × width values in row-major order. */
export type OutputColumns = Record<string, OutputColumn>

/** A model that is ready to answer. */
export interface OnnxSession {
  readonly inputs: readonly ModelPort[]
  readonly outputs: readonly ModelPort[]
  readonly metadata: Readonly<Record<string, string>>
  /**
   * The asked (else all) outputs for these rows. A row's answer is the same, bit for bit, whatever rows are run
   * with it. Columns that are no inputs are ignored. More than 4 096 rows are run in parts, so that a run never
   * blocks its thread for long.
   */
  run(chunk: InputRows, outputs?: readonly string[]): Promise<OutputColumns>
  /** Frees the model's memory, once runs under way have ended. */
  close(): Promise<void>
}

/** What every consumer runs a model with: one thread each, so that sums have one order. Scale with processes. */
export const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // It takes a float64 factor of 1.00000001 for 1, and a summand of 1e-50 for 0, and leaves them out.
  extra: { optimization: { disable_specified_optimizers: 'NoopElimination' } },
  logSeverityLevel: 4,
}

/**
 * Loads a model. Throws `onnx.malformed`, `onnx.truncated` or `onnx.session-failed` where it is none. Says with how many rows
 * it will mostly be run: `few`, as requests come, or `many`, thousands at a time.
 */
export async function openSession(
  bytes: Uint8Array,
  { rows = 'few' }: { rows?: 'few' | 'many' } = {},
): Promise<OnnxSession> {
  if (bytes.length > largestMessageBytes) throw onnxError('too-large', { sizeBytes: bytes.length })
  const metadata = readMetadata(bytes)
  const columnOf = columnNames(metadata)
  const { packed, mostRows, ...runnable } = runnableModel(bytes, { packs: rows === 'few' })
  const session = await createSession(runnable.bytes)
  const ports = await portsOf(session, columnOf)
  const { outputs } = ports
  const inputs = packed?.inputs ?? ports.inputs
  const feedsOf = createFeeds(inputs, packed)
  let underWay: Promise<unknown> = Promise.resolve()

  const runOnce = async (feeds: InferenceSession.FeedsType, names: readonly string[]) => {
    const run = session.run(feeds, names)
    // Without the answers, which would be kept as long as the session.
    underWay = Promise.allSettled([underWay, run]).then(() => undefined)
    return run
  }
  return {
    inputs,
    outputs,
    metadata,
    async run(chunk, wanted) {
      const ports = wanted ? wanted.map((name) => portNamed(outputs, name)) : outputs
      const names = ports.map(({ tensorName }) => tensorName)
      const feeds = feedsOf(chunk)
      const parts: OutputColumn[][] = []
      for (let from = 0; from < chunk.rows; from += mostRows) {
        const rows = Math.min(mostRows, chunk.rows - from)
        const answer = await runOnce(feeds({ from, rows }), names)
        parts.push(ports.map((port) => checkedAnswer(port, answer[port.tensorName] as Tensor, rows)))
      }
      return Object.fromEntries(
        ports.map((port, index) => [
          port.name,
          joined(
            port,
            parts.map((part) => part[index]!),
          ),
        ]),
      )
    },
    async close() {
      await underWay
      await session.release()
    },
  }
}

async function createSession(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, sessionOptions)
  } catch (cause) {
    throw onnxError('session-failed', { problem: (cause as Error).message }, { cause })
  }
}

async function portsOf(session: InferenceSession, columnOf: (tensorName: string) => string) {
  try {
    return {
      inputs: session.inputMetadata.map((port) => portOf(port, columnOf)),
      outputs: session.outputMetadata.map((port) => portOf(port)),
    }
  } catch (error) {
    await session.release()
    throw error
  }
}

function portOf(
  metadata: InferenceSession.ValueMetadata,
  columnOf = (tensorName: string) => tensorName,
): ModelPort {
  const problem = (what: string) =>
    onnxError('session-failed', {
      problem: `“${metadata.name}” ${what}, which Pipewright cannot give or take`,
    })
  if (!metadata.isTensor) throw problem('is no tensor')
  const { name: tensorName, type, shape } = metadata
  if (type !== 'float32' && type !== 'float64' && type !== 'string') throw problem(`holds ${type}`)
  const width = shape.length === 2 ? shape[1] : undefined
  if (typeof width !== 'number') throw problem(`has the shape [${shape.join(', ')}]`)
  return { name: columnOf(tensorName), tensorName, type, width }
}

function portNamed(ports: readonly ModelPort[], name: string): ModelPort {
  const port = ports.find((candidate) => candidate.name === name)
  if (!port) throw new TypeError(`The model has no output ${name}`)
  return port
}

function checkedAnswer({ name, width }: ModelPort, answer: Tensor, rows: number): OutputColumn {
  if (answer.data.length === rows * width) return answer.data as OutputColumn
  throw onnxError('session-failed', {
    problem: `“${name}” has ${answer.data.length} values for ${rows} rows`,
  })
}

function joined({ type }: ModelPort, parts: readonly OutputColumn[]): OutputColumn {
  if (parts.length === 1) return parts[0]!
  if (type === 'string') return (parts as string[][]).flat()
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = type === 'float32' ? new Float32Array(length) : new Float64Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part as Float64Array, at)
    at += part.length
  }
  return whole
}
