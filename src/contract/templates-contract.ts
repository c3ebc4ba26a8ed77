import { z } from 'zod'
import { operation } from './operation.ts'

export const templateSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** Titles of the node types it uses, in the order in which they run. */
  shows: z.array(z.string()),
  /** Of its data files. */
  sizeBytes: z.number(),
})
export type Template = z.infer<typeof templateSchema>

export const templatesContract = {
  list: operation.output(z.strictObject({ templates: z.array(templateSchema) })),
  /** Copies a template with its data into a new folder of the workspace. Gives the path of the pipeline file. */
  open: operation.input(z.strictObject({ id: z.string() })).output(z.strictObject({ path: z.string() })),
}
