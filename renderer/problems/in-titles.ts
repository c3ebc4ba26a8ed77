import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { Finding } from '../../src/core/finding.ts'
import { pathInParams } from '../../src/core/param-path.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { titleOf, type Definitions } from '../canvas/edits/title-of.ts'
import { fieldsOf } from '../inspector/form/field-model.ts'
import { titleAlong } from '../inspector/form/title-along.ts'
import { pipelineAt } from '../state/scope.ts'

/** Findings whose quoted names may be those of nodes; what others quote are columns and values. */
const aboutNodes: ReadonlySet<string> = new Set([
  'newer-version',
  'older-version',
  'no-upgrade',
  'missing-port',
  'mistyped-port',
  'crowded-port',
  'missing-input',
  'open-input',
  'sink-in-item',
  'unreadable-source',
  'fitting-before-split',
  'values-over-all-rows-before-split',
  'not-split',
  'target-as-feature',
  'unused-output',
  'node-defect',
])

/** A finding as the app says it: nodes, ports and parameters by their titles instead of their names in the file. */
export function inTitles(finding: Finding, document: Pipeline, definitions: Definitions): Finding {
  const titles = titlesFor(finding, document, definitions)
  if (titles.size === 0) return finding
  const told = (text: string): string =>
    text.replaceAll(/“([^”]+)”/g, (quoted, name: string) =>
      titles.has(name) ? `“${titles.get(name)}”` : quoted,
    )
  const { message, remedy, fix } = finding
  return {
    ...finding,
    message: told(message),
    remedy: told(remedy),
    ...(fix && { fix: { ...fix, title: told(fix.title) } }),
  }
}

function titlesFor(
  { code, at }: Finding,
  document: Pipeline,
  definitions: Definitions,
): ReadonlyMap<string, string> {
  const ids = at?.node.split('/') ?? []
  const { nodes } = pipelineAt(document, ids.slice(0, -1)).pipeline
  const node = nodes[ids.at(-1) ?? '']
  const definition = node && definitions[node.type]
  if (code === 'bad-parameter') {
    const path =
      at?.param === undefined
        ? undefined
        : (pathInParams(node?.params ?? {}, at.param) ?? at.param.split('.'))
    return path && definition ? titlesOnPath(path, definition) : new Map()
  }
  if (!aboutNodes.has(code)) return new Map()
  const ports = { ...definition?.inputs, ...definition?.outputs }
  const port = at?.port === undefined ? undefined : ports[at.port]
  const entries = Object.entries(nodes).flatMap(([id, each]) =>
    titlesOfNode(id, titleOf(each, definitions), definitions[each.type]),
  )
  return new Map([...entries, ...(port ? [[at!.port!, port.title] as const] : [])])
}

function titlesOfNode(
  id: string,
  title: string,
  definition: NodeDescription | undefined,
): (readonly [string, string])[] {
  const ports = Object.entries({ ...definition?.inputs, ...definition?.outputs })
  return [[id, title], ...ports.map(([name, port]) => [`${id}.${name}`, `${title}: ${port.title}`] as const)]
}

function titlesOnPath(
  path: readonly (string | number)[],
  { params }: NodeDescription,
): ReadonlyMap<string, string> {
  const form = { kind: 'object', fields: fieldsOf(params) } as const
  return new Map(
    path.flatMap((_, index) => {
      const upTo = path.slice(0, index + 1)
      const title = titleAlong(form, upTo)
      return title === null ? [] : [[upTo.join('.'), title] as const]
    }),
  )
}
