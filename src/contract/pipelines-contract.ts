import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { documentSchema, findingSchema, parametersSchema, shapeSchema } from './document.ts'
import { operation } from './operation.ts'
import { stepOutputsSchema } from './run-event.ts'
import { searchProposalSchema } from './search-proposal.ts'

const checked = z.strictObject({ document: documentSchema, parameters: parametersSchema })

/** A pipeline as a picture needs it: what would run, how it is connected, and what flows. */
export const pipelineDescriptionSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      default: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      description: z.string().nullable(),
    }),
  ),
  /**
   * Inputs first; a node that stands for a sub-pipeline before what is in it, whose ids are `outer/inner`. The edges are
   * those of the file.
   */
  nodes: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      title: z.string(),
      state: z.enum(['runs', 'disabled', 'skipped']),
      /** Ids of the nodes that feed it, once each. */
      inputs: z.array(z.string()),
      /** What arrives at each input port, in the order of the edges; of a disabled node nothing is known. */
      inputShapes: z.record(z.string(), z.array(shapeSchema)),
      outputs: z.record(z.string(), shapeSchema),
    }),
  ),
  edges: z.array(z.string()),
  findings: z.array(findingSchema).readonly(),
})
export type PipelineDescription = z.infer<typeof pipelineDescriptionSchema>

export const previewedStepSchema = z.strictObject({
  node: z.string(),
  /** Empty where the step failed. */
  outputs: stepOutputsSchema,
  /** False where there is no more data than a sample has: then it is what a run would give. */
  isSample: z.boolean(),
})
export type PreviewedStepData = z.infer<typeof previewedStepSchema>

export const pipelinesContract = {
  /** Everything that can be said without running. A document that cannot be read at all is an error. */
  check: operation.input(checked).output(z.strictObject({ findings: z.array(findingSchema).readonly() })),
  describe: operation.input(checked).output(pipelineDescriptionSchema),
  /**
   * What the steps before the first learner give for a sample of the data, each as it has ended. Tables are looked at
   * like any other, as long as the host lives; nothing of it is kept, listed as a run, or taken for a result.
   */
  preview: operation.input(checked).output(eventIterator(previewedStepSchema)),
  /** Lets nodes, and all that depends on them, run again: their results are not taken from the cache any more. */
  forget: operation
    .input(z.strictObject({ document: documentSchema, nodes: z.array(z.string()).min(1) }))
    .output(
      z.strictObject({
        /** All that will run again, inputs first. */
        nodes: z.array(z.string()).readonly(),
        results: z.int(),
      }),
    ),
  /** The text with each reference to another pipeline file made to what that file is now. */
  refresh: operation.input(z.strictObject({ document: documentSchema })).output(
    z.strictObject({
      text: z.string(),
      references: z
        .array(
          z.strictObject({
            /** Names from the outside in, joined by `/`, where it stands in a copy. */
            subpipeline: z.string(),
            /** Absolute. */
            path: z.string(),
            before: z.string(),
            now: z.string(),
          }),
        )
        .readonly(),
    }),
  ),
  /** What a node that tunes a sub-pipeline of this document could vary there, with ranges. */
  proposeSearchSpace: operation
    .input(z.strictObject({ text: z.string(), node: z.string() }))
    .output(z.strictObject({ proposals: z.array(searchProposalSchema).readonly() })),
  /** The one canonical text of a document. */
  format: operation.input(z.strictObject({ text: z.string() })).output(z.strictObject({ text: z.string() })),
}
