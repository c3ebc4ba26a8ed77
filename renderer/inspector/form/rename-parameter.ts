import type { Edit } from '../../../src/core/edits.ts'
import { parameterNameSchema, type Json, type Pipeline } from '../../../src/core/pipeline.ts'
import { referenceTo } from './parameter-reference.ts'

/** Gives a parameter of the pipeline another name, wherever it is referred to; nothing where the name cannot be. */
export function renameParameterEdits(document: Pipeline, from: string, to: string): Edit[] {
  const parameter = document.parameters[from]
  const isFree = !Object.hasOwn(document.parameters, to) && parameterNameSchema.safeParse(to).success
  if (!parameter || !isFree) return []
  const index = Object.keys(document.parameters).indexOf(from)
  const references = Object.entries(document.nodes).flatMap(([node, { params }]) =>
    Object.entries(params).flatMap(([name, value]): Edit[] => {
      const renamed = withReference(value, from, to)
      return renamed === value ? [] : [{ kind: 'set-param', node, path: [name], value: renamed }]
    }),
  )
  return [
    { kind: 'set-parameter', name: from, parameter: null },
    { kind: 'set-parameter', name: to, parameter, index },
    ...references,
  ]
}

/** The same value where nothing in it refers to the name; `$${` is no reference. */
function withReference(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') {
    const reference = referenceTo(from)
    return value.includes(reference)
      ? value.replaceAll(/\$\$\{|\$\{(\w+)\}/g, (found) => (found === reference ? referenceTo(to) : found))
      : value
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => withReference(item, from, to))
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const entries = Object.entries(value).map(([key, item]) => [key, withReference(item, from, to)] as const)
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value
}
