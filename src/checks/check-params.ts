import type { z } from 'zod'
import type { Edit } from '../core/edits.ts'
import { explainIssues, explainUnknownName, formatPath, type Explanation } from '../core/explain-issues.ts'
import type { Finding } from '../core/finding.ts'
import { valueAt } from '../core/param-path.ts'
import type { Json } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { finding } from './findings.ts'
import type { Checked, Inspection, TypedNode } from './inspection.ts'

/** Parses the parameters of each node; those with a reference that could not be filled in are left out. */
export function checkParams(
  { nodes, document }: Inspection,
  unfilled: ReadonlySet<string>,
): Checked<Map<string, unknown>> {
  const result = new Map<string, unknown>()
  const findings: Finding[] = []
  for (const typed of nodes.values()) {
    if (unfilled.has(typed.id)) continue
    const { params, explanations } = parseParams(typed)
    if (explanations.length === 0) result.set(typed.id, params)
    for (const explanation of explanations) {
      const { path, message: problem, remedy } = explanation
      const at = { node: typed.id, ...(path.length > 0 && { param: formatPath(path) }) }
      // After an upgrade in memory, paths may mean nothing in the file.
      const fix = typed.isUpgraded ? undefined : fixOf(explanation, typed, document.nodes[typed.id]!.params)
      findings.push(finding('bad-parameter', { problem, remedy }, { at, fix }))
    }
  }
  return { result, findings }
}

function parseParams({ node, definition }: TypedNode): { params: unknown; explanations: Explanation[] } {
  const schema = definition.params as z.ZodObject
  const parsed = explainIssues(schema, node.params, 'parameter')
  if (!parsed.success) return { params: undefined, explanations: parsed.explanations }
  const known = Object.keys(schema.shape)
  // A schema that is not strict would drop a misspelt name without a word.
  const unknown = schema.def.catchall ? [] : Object.keys(node.params).filter((name) => !known.includes(name))
  return {
    params: parsed.data,
    explanations: unknown.map((name) => explainUnknownName([name], known, 'parameter')),
  }
}

function fixOf(
  { path, meant }: Explanation,
  { id: node, definition }: TypedNode,
  params: Record<string, Json>,
): Finding['fix'] | undefined {
  if (path.length === 0) return undefined
  const setParam = (at: Explanation['path'], value?: Json): Edit => ({
    kind: 'set-param',
    node,
    path: [...at],
    ...(value !== undefined && { value }),
  })
  if (meant && 'value' in meant)
    return { title: `Use “${meant.value}”`, edits: [setParam(path, meant.value)] }
  const there = valueAt(params, path)
  if (meant) {
    const renamed = [...path.slice(0, -1), meant.name]
    if (there === undefined || valueAt(params, renamed) !== undefined) return undefined
    return { title: `Rename it to “${meant.name}”`, edits: [setParam(path), setParam(renamed, there)] }
  }
  if (path.length > 1 || there === undefined) return undefined
  return withoutParam(definition, String(path[0]), setParam(path))
}

function withoutParam(definition: AnyNodeDefinition, name: string, edit: Edit): Finding['fix'] | undefined {
  const { shape } = definition.params as z.ZodObject
  if (!Object.hasOwn(shape, name)) return { title: `Remove “${name}”`, edits: [edit] }
  const absent = (shape[name] as z.ZodType).safeParse(undefined)
  if (!absent.success) return undefined
  const usual = absent.data
  if (usual === undefined) return { title: `Leave “${name}” out`, edits: [edit] }
  const shown =
    typeof usual === 'object' ? '' : `, ${typeof usual === 'string' ? `“${usual}”` : JSON.stringify(usual)}`
  return { title: `Use the default${shown}`, edits: [edit] }
}
