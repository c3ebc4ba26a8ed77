import { z } from 'zod'
import { pipelineSchema } from './pipeline.ts'

/** The JSON Schema of a pipeline file, as `docs/pipeline.schema.json` holds it for editors and other tools. */
export function pipelineJsonSchema(): string {
  const schema = z.toJSONSchema(pipelineSchema, { io: 'input' })
  return `${JSON.stringify(schema, null, 2)}\n`
}
