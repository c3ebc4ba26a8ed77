import { existingNode } from './edit-nodes.ts'
import { without } from './edit-sections.ts'
import type { EditOf, Edited } from './edits.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import type { Json, Pipeline } from './pipeline.ts'
import type { JsonPath } from './read-json.ts'

export function setParam(pipeline: Pipeline, { node: id, path, value }: EditOf<'set-param'>): Edited {
  const node = existingNode(pipeline, id)
  const name = String(path[0])
  const params = valueWith(node.params, path, value)
  if (params === undefined) {
    throw pipelineError('no-param', { node: id, path: path.join('.') }, { at: { node: id, param: name } })
  }
  const old = ownValue(node.params, name)
  return {
    pipeline: {
      ...pipeline,
      nodes: { ...pipeline.nodes, [id]: { ...node, params: params as typeof node.params } },
    },
    inverse: [{ kind: 'set-param', node: id, path: [name], ...(old !== undefined && { value: old }) }],
  }
}

/**
 * A copy of a list or an object with the value at a path set or, without a value, taken away; undefined where the path
 * leads nowhere. What lies on the way is made when there is a value to hold.
 */
function valueWith(whole: Json, [key, ...rest]: JsonPath, value: Json | undefined): Json | undefined {
  if (Array.isArray(whole))
    return typeof key === 'number' ? listWith(whole, [key, ...rest], value) : undefined
  if (typeof whole !== 'object' || whole === null || typeof key !== 'string') return undefined
  if (rest.length === 0) return value === undefined ? without(whole, key) : { ...whole, [key]: value }
  const isThere = Object.hasOwn(whole, key)
  if (!isThere && value === undefined) return whole
  const empty = typeof rest[0] === 'number' ? [] : {}
  const inner = valueWith(isThere ? whole[key]! : empty, rest, value)
  return inner === undefined ? undefined : { ...whole, [key]: inner }
}

/** An index just past the end appends; taking an entry away closes the gap. */
function listWith(
  list: Json[],
  [index, ...rest]: readonly [number, ...JsonPath],
  value: Json | undefined,
): Json | undefined {
  const old = list[index]
  if (rest.length > 0) {
    const inner = old === undefined ? undefined : valueWith(old, rest, value)
    return inner === undefined ? undefined : list.with(index, inner)
  }
  if (value === undefined) return old === undefined ? undefined : list.toSpliced(index, 1)
  return index <= list.length ? list.toSpliced(index, 1, value) : undefined
}
