import { GraphBuilder } from '../src/onnx/graph-builder.ts'
import { openSession } from '../src/onnx/session.ts'

/** Has the runtime set itself up, as it does at its first session, while there is no model to be run yet. */
export async function startRuntime(): Promise<void> {
  const builder = new GraphBuilder()
  builder.output('number', builder.node('Identity', [builder.input('number', 'float64', 1)]))
  const session = await openSession(builder.toModel())
  await session.close()
}
