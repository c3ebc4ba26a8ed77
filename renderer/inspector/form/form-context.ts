import { createContext, use } from 'react'
import type { Json, Pipeline } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'
import type { FieldProblem, ParamPath } from './field-problems.ts'
import type { NodeShapes } from './incoming-columns.ts'

/** What the fields of a form need to know beside their values. */
export interface FormFacts {
  /** Id of the node whose parameters these are. */
  node: string
  /** All parameters of the node as they are set. */
  params: Readonly<Record<string, Json>>
  shapes: NodeShapes | null
  problems: readonly FieldProblem[]
  /** Of the pipeline: what `${name}` may refer to. */
  parameters: Pipeline['parameters']
  /** Absolute path of the pipeline’s file: what the paths of files are relative to. */
  pipelinePath: string
  /** Hash of a table that reached the first input in a run; null where none did. */
  incomingTable: string | null
  /** Makes a parameter of the pipeline out of a field, and refers to it there. */
  makeParameter: (field: Field, path: ParamPath, value: Json | undefined) => void
}

export const FormContext = createContext<FormFacts | null>(null)

export function useForm(): FormFacts {
  const facts = use(FormContext)
  if (!facts) throw new Error('No form is around this field.')
  return facts
}
