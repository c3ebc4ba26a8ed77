import type { Edit } from '../../../src/core/edits.ts'
import type { Json, Pipeline } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'
import type { ParamPath } from './field-problems.ts'
import { parameterOutOf, referenceTo } from './parameter-reference.ts'

interface MakeParameter {
  document: Pipeline
  node: string
  field: Field
  path: ParamPath
  value: Json | undefined
}

/** Adds a parameter to the pipeline, called like the field, and refers to it there. */
export function makeParameterEdits({ document, node, field, path, value }: MakeParameter): Edit[] {
  const parameter = parameterOutOf(field, value ?? field.fallback)
  if (!parameter) return []
  const name = freeName(field.name, document.parameters)
  return [
    { kind: 'set-parameter', name, parameter },
    { kind: 'set-param', node, path: [...path], value: referenceTo(name) },
  ]
}

function freeName(wish: string, taken: Pipeline['parameters']): string {
  const stem = wish.replaceAll(/\W/g, '') || 'parameter'
  if (!Object.hasOwn(taken, stem)) return stem
  let number = 2
  while (Object.hasOwn(taken, `${stem}${number}`)) number++
  return `${stem}${number}`
}
