import { InferenceSession, Tensor } from 'onnxruntime-node'
import { onnxError } from '../errors.ts'
import { sessionOptions } from '../session.ts'
import { elementTypeOf, type ElementType } from '../tensor.ts'
import { foreignError } from './errors.ts'
import { ForeignGraph } from './foreign-graph.ts'
import type { ForeignModel, ForeignOutput } from './foreign-model.ts'
import type { InputPlan } from './import-plan.ts'

/** What an output of a model gave for a few rows: a table of so many columns. */
export interface ObservedOutput extends ForeignOutput {
  type: ElementType
  width: number
  /** The largest and smallest number; undefined for texts. */
  range?: { least: number; most: number }
  /** Of an output that holds texts. */
  texts?: readonly string[]
}

/** Differs from the widths that models have, mostly, and from “one at a time”. */
const rows = 3

/** Asks a model about rows of zeros (and of texts), which tells types and shapes better than what it declares. */
export async function observeOutputs(
  model: ForeignModel,
  plans: readonly InputPlan[],
): Promise<ObservedOutput[]> {
  const graph = new ForeignGraph(model, plans)
  const bytes = graph.toLookAt(
    model.outputs.map(({ value, type }, index) => ({
      name: `output ${index}`,
      value: graph.valueOf(value),
      type,
    })),
  )
  const session = await create(bytes)
  try {
    const feeds = graph.inputs.map(({ value, type }) => [value, exampleColumn(type)] as const)
    const answers = await run(session, Object.fromEntries(feeds))
    return model.outputs.map((output, index) => observed(output, answers[`output ${index}`]!))
  } finally {
    await session.release()
  }
}

function exampleColumn(type: 'float64' | 'string'): Tensor {
  if (type === 'string') return new Tensor('string', Array.from<string>({ length: rows }).fill(''), [rows, 1])
  return new Tensor('float64', new Float64Array(rows), [rows, 1])
}

function observed(output: ForeignOutput, { data, dims, type: name }: Tensor): ObservedOutput {
  const type = elementTypeOf(codeByName[name])
  const [first, width = 1, ...more] = dims
  if (!type || first !== rows || more.length > 0)
    throw foreignError('unusable-port', {
      port: output.name,
      problem: `it gave ${name} of the shape [${dims.join(', ')}] for ${rows} rows`,
    })
  if (type === 'string') return { ...output, type, width, texts: data as string[] }
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number)
  return { ...output, type, width, range: { least: Math.min(...numbers), most: Math.max(...numbers) } }
}

/** Numbers of ONNX by the names that the runtime has for them. */
const codeByName: Readonly<Record<string, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float64: 11,
}

async function create(bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, sessionOptions)
  } catch (cause) {
    throw onnxError('session-failed', { problem: (cause as Error).message }, { cause })
  }
}

async function run(session: InferenceSession, feeds: Record<string, Tensor>) {
  try {
    return await session.run(feeds)
  } catch (cause) {
    throw foreignError('no-run', { problem: (cause as Error).message }, { cause })
  }
}
