import type { Finding } from '../core/finding.ts'
import { didYouMean, nearestName } from '../core/nearest-name.ts'
import type { Pipeline, PipelineNode } from '../core/pipeline.ts'
import { subpipelineType } from '../core/subpipeline-use.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { finding } from './findings.ts'
import { nameOf, type Checked, type TypedNode } from './inspection.ts'
import { upgradeNode } from './upgrade-node.ts'

type Definitions = ReadonlyMap<string, AnyNodeDefinition>

/** Finds the definition of each live node, and brings older nodes up to date in memory. */
export function checkTypes(options: {
  document: Pipeline
  live: Pipeline
  definitions: Definitions
}): Checked<Map<string, TypedNode>> {
  const { document, live, definitions } = options
  const result = new Map<string, TypedNode>()
  const findings: Finding[] = []
  for (const [id, node] of Object.entries(live.nodes)) {
    const definition = definitions.get(node.type)
    const known = definition && typed({ id, node, definition })
    if (known) result.set(id, known)
    const problem = problemOf({ id, node: document.nodes[id]!, definitions, isTyped: known !== undefined })
    if (problem) findings.push(problem)
  }
  return { result, findings }
}

interface Version {
  id: string
  node: PipelineNode
  definition: AnyNodeDefinition
}

function typed({ id, node, definition }: Version): TypedNode | undefined {
  if (node.version === definition.version) return { id, node, definition, isUpgraded: false }
  if (node.version > definition.version) return undefined
  const upgraded = upgradeNode(node, definition)
  return upgraded ? { id, node: upgraded, definition, isUpgraded: true } : undefined
}

function problemOf(options: {
  id: string
  node: PipelineNode
  definitions: Definitions
  isTyped: boolean
}): Finding | undefined {
  const { id, node, definitions, isTyped } = options
  const definition = definitions.get(node.type)
  if (!definition && node.type === subpipelineType) return undefined
  if (!definition) return unknownType(id, node, definitions)
  if (node.version === definition.version) return undefined
  const { title, version: known } = definition
  const values = { node: nameOf(node, id), version: node.version, title, known }
  if (node.version > known) return finding('newer-version', values, { at: { node: id } })
  const upgraded = isTyped ? upgradeNode(node, definition) : null
  if (!upgraded) return finding('no-upgrade', values, { at: { node: id } })
  const fix = {
    title: `Upgrade “${values.node}” to version ${known}`,
    edits: [{ kind: 'replace-node' as const, node: id, with: upgraded }],
  }
  return finding('older-version', values, { at: { node: id }, fix })
}

function unknownType(id: string, node: PipelineNode, definitions: Definitions): Finding {
  const near = nearestName(node.type, definitions.keys())
  const definition = near === undefined ? undefined : definitions.get(near)
  const remedy = didYouMean(
    node.type,
    definitions.keys(),
    'It may come from a plug-in that is not installed.',
  )
  return finding(
    'unknown-type',
    { type: node.type, remedy },
    {
      at: { node: id },
      fix: definition && {
        title: `Use “${definition.id}”`,
        edits: [
          {
            kind: 'replace-node',
            node: id,
            with: { ...node, type: definition.id, version: definition.version },
          },
        ],
      },
    },
  )
}
