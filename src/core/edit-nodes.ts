import { edgesOfBack } from './edit-edges.ts'
import { sectionAs, sectionsNaming, touches, withEntry, without } from './edit-sections.ts'
import type { EditOf, Edited } from './edits.ts'
import { didYouMean } from './nearest-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import {
  formatEdge,
  formatPort,
  parseEdge,
  parsePort,
  type Pipeline,
  type PipelineNode,
  type Position,
} from './pipeline.ts'

export function addNode(pipeline: Pipeline, { id, node, at, index }: EditOf<'add-node'>): Edited {
  if (Object.hasOwn(pipeline.nodes, id)) throw pipelineError('node-exists', { node: id })
  return {
    pipeline: {
      ...pipeline,
      nodes: withEntry(pipeline.nodes, [id, node], index),
      ...(at && { layout: { ...pipeline.layout, [id]: at } }),
    },
    // What spoke of the node before it was there goes with it, and comes back.
    inverse: [
      { kind: 'remove-node', id },
      ...sectionsNaming(pipeline, id).map((section) => sectionAs(pipeline, section)),
    ],
  }
}

export function removeNode(pipeline: Pipeline, { id }: EditOf<'remove-node'>): Edited {
  const node = existingNode(pipeline, id)
  const at = ownValue(pipeline.layout, id)
  const index = Object.keys(pipeline.nodes).indexOf(id)
  const others = sectionsNaming(pipeline, id).filter((section) => section !== 'edges' && section !== 'layout')
  return {
    pipeline: { ...withoutMentions(pipeline, id), nodes: without(pipeline.nodes, id) },
    inverse: [
      { kind: 'add-node', id, node, ...(at && { at }), index },
      ...edgesOfBack(pipeline, id),
      ...others.map((section) => sectionAs(pipeline, section)),
    ],
  }
}

function withoutMentions(pipeline: Pipeline, id: string): Pipeline {
  const { inputs, outputs, links, groups, pins, checks, ...rest } = pipeline
  const keptInputs = inputs && inputsWithout(inputs, id)
  const keptOutputs =
    outputs && Object.fromEntries(Object.entries(outputs).filter(([, port]) => parsePort(port).node !== id))
  const keptLinks = links?.filter((link) => !touches(link, id))
  const keptPins = pins && without(pins, id)
  const keptChecks = checks?.filter((check) => !('node' in check) || check.node !== id)
  return {
    ...rest,
    edges: rest.edges.filter((edge) => !touches(edge, id)),
    layout: without(rest.layout, id),
    ...(staysAfter(inputs, keptInputs) && { inputs: keptInputs }),
    ...(staysAfter(outputs, keptOutputs) && { outputs: keptOutputs }),
    ...(staysAfter(links, keptLinks) && { links: keptLinks }),
    ...(groups && { groups: mapMembers(groups, (nodes) => nodes.filter((node) => node !== id)) }),
    ...(staysAfter(pins, keptPins) && { pins: keptPins }),
    ...(staysAfter(checks, keptChecks) && { checks: keptChecks }),
  }
}

/** An input that feeds nothing any more goes. */
function inputsWithout(inputs: NonNullable<Pipeline['inputs']>, id: string): NonNullable<Pipeline['inputs']> {
  const kept = Object.entries(inputs).map(
    ([name, ports]) => [name, ports.filter((port) => parsePort(port).node !== id)] as const,
  )
  return Object.fromEntries(kept.filter(([, ports]) => ports.length > 0))
}

/** A section that loses its last entry goes; one that was empty stays as it is. */
function staysAfter<Section extends object>(old: Section | undefined, kept: Section | undefined): boolean {
  return kept !== undefined && (Object.keys(kept).length > 0 || Object.keys(old!).length === 0)
}

export function renameNode(pipeline: Pipeline, { from, to }: EditOf<'rename-node'>): Edited {
  existingNode(pipeline, from)
  if (from === to) return { pipeline, inverse: [] }
  if (Object.hasOwn(pipeline.nodes, to)) throw pipelineError('node-exists', { node: to })
  const rename = (id: string) => (id === from ? to : id)
  const { inputs, outputs, links, groups, pins, checks } = pipeline
  const renamePort = (port: string): string => {
    const { node, port: name } = parsePort(port)
    return formatPort({ node: rename(node), port: name })
  }
  return {
    pipeline: {
      ...pipeline,
      nodes: renameKeys(pipeline.nodes, rename),
      edges: renameEnds(pipeline.edges, rename),
      layout: renameKeys(pipeline.layout, rename),
      ...(inputs && { inputs: mapValues(inputs, (ports) => [...new Set(ports.map(renamePort))]) }),
      ...(outputs && { outputs: mapValues(outputs, renamePort) }),
      ...(links && { links: renameEnds(links, rename) }),
      ...(groups && { groups: mapMembers(groups, (nodes) => [...new Set(nodes.map(rename))]) }),
      ...(pins && { pins: renameKeys(pins, rename) }),
      ...(checks && { checks: renameInChecks(checks, rename) }),
    },
    // What spoke of the new name before is the node's from now on; the way back must part them again.
    inverse: [
      { kind: 'rename-node', from: to, to: from },
      ...sectionsNaming(pipeline, to).map((section) => sectionAs(pipeline, section)),
    ],
  }
}

export function setNode(pipeline: Pipeline, { node: id, fields }: EditOf<'set-node'>): Edited {
  const old = existingNode(pipeline, id)
  let node: PipelineNode = old
  const before: EditOf<'set-node'>['fields'] = {}
  for (const name of ['title', 'note', 'disabled'] as const) {
    const value = fields[name]
    if (value === undefined) continue
    Object.assign(before, { [name]: old[name] ?? null })
    node = value === null ? without(node, name) : { ...node, [name]: value }
  }
  return {
    pipeline: { ...pipeline, nodes: { ...pipeline.nodes, [id]: node } },
    inverse: [{ kind: 'set-node', node: id, fields: before }],
  }
}

export function replaceNode(pipeline: Pipeline, edit: EditOf<'replace-node'>): Edited {
  const old = existingNode(pipeline, edit.node)
  return {
    pipeline: { ...pipeline, nodes: { ...pipeline.nodes, [edit.node]: edit.with } },
    inverse: [{ kind: 'replace-node', node: edit.node, with: old }],
  }
}

export function moveNodes(pipeline: Pipeline, { positions }: EditOf<'move-nodes'>): Edited {
  const layout = { ...pipeline.layout }
  const before: Record<string, Position | null> = {}
  for (const [id, position] of Object.entries(positions)) {
    existingNode(pipeline, id)
    before[id] = ownValue(pipeline.layout, id) ?? null
    if (position === null) delete layout[id]
    else layout[id] = position
  }
  return { pipeline: { ...pipeline, layout }, inverse: [{ kind: 'move-nodes', positions: before }] }
}

export function existingNode(pipeline: Pipeline, id: string): PipelineNode {
  const node = ownValue(pipeline.nodes, id)
  if (node) return node
  const remedy = didYouMean(id, Object.keys(pipeline.nodes), 'It may have been removed meanwhile.')
  throw pipelineError('no-node', { node: id, remedy })
}

type Rename = (id: string) => string

const renameKeys = <Value>(
  record: Readonly<Record<string, Value>>,
  rename: Rename,
): Record<string, Value> => {
  const renamed = new Map<string, Value>()
  for (const [id, value] of Object.entries(record)) renamed.set(rename(id), value)
  return Object.fromEntries(renamed)
}

const mapValues = <Value>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Value,
): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))

function renameEnds(edges: readonly string[], rename: Rename): string[] {
  const renamed = edges.map((edge) => {
    const { from, to } = parseEdge(edge)
    return formatEdge({ from: { ...from, node: rename(from.node) }, to: { ...to, node: rename(to.node) } })
  })
  return [...new Set(renamed)]
}

const renameInChecks = (checks: NonNullable<Pipeline['checks']>, rename: Rename): typeof checks =>
  checks.map((check) => ('node' in check ? Object.assign({}, check, { node: rename(check.node) }) : check))

const mapMembers = (
  groups: NonNullable<Pipeline['groups']>,
  map: (nodes: string[]) => string[],
): NonNullable<Pipeline['groups']> =>
  Object.fromEntries(Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: map(group.nodes) }]))
