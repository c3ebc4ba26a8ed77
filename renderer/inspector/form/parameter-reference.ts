import type { Json, Pipeline, PipelineParameter } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'

/** The name in a value that is nothing but a reference to a parameter of the pipeline: `${data}` → `data`. */
export function referencedParameter(value: Json | undefined): string | null {
  return (typeof value === 'string' && /^\$\{([A-Za-z]\w*)\}$/.exec(value)?.[1]) || null
}

export const referenceTo = (name: string): string => `\${${name}}`

/** Which type of parameter gives a value that a field takes; null for values that no parameter can have. */
export function parameterTypeFor({ field }: Field): PipelineParameter['type'] | null {
  switch (field.kind) {
    case 'file':
      return 'path'
    case 'number':
      return field.isWhole ? 'integer' : 'number'
    case 'switch':
      return 'boolean'
    case 'text':
    case 'column':
    case 'expression':
    case 'query':
    case 'registered-model':
    case 'secret':
    case 'scalar':
      return 'text'
    case 'choice':
      return field.options.every((option) => typeof option === 'string') ? 'text' : null
    case 'choices':
    case 'columns':
    case 'values':
    case 'tuple':
    case 'object':
    case 'list':
    case 'record':
    case 'union':
    case 'either':
    case 'json':
      return null
  }
}

/** The parameters of a pipeline that a field may refer to. */
export function parametersFor(field: Field, parameters: Pipeline['parameters']): readonly string[] {
  const wanted = parameterTypeFor(field)
  return Object.entries(parameters).flatMap(([name, { type }]) => (fits(type, wanted) ? [name] : []))
}

function fits(type: PipelineParameter['type'], wanted: PipelineParameter['type'] | null): boolean {
  if (wanted === 'text' || wanted === 'path') return type === 'text' || type === 'path'
  return wanted === 'number' ? type === 'number' || type === 'integer' : type === wanted
}

/** A parameter for a field, its default being the value that the field has now; null where it has none that fits. */
export function parameterOutOf(field: Field, value: Json | undefined): PipelineParameter | null {
  const type = parameterTypeFor(field)
  if (type === null) return null
  const texts = { title: field.title, ...(field.description && { description: field.description }) }
  switch (type) {
    case 'text':
    case 'path':
      return { type, ...(typeof value === 'string' && value !== '' && { default: value }), ...texts }
    case 'number':
    case 'integer':
      return { type, ...(typeof value === 'number' && { default: value }), ...texts }
    case 'boolean':
      return { type, ...(typeof value === 'boolean' && { default: value }), ...texts }
  }
}
