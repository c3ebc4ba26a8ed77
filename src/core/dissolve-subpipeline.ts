import { copiedSubpipeline } from './edit-subpipelines.ts'
import type { EditOf, Edited } from './edits.ts'
import { existingNode } from './edit-nodes.ts'
import { freeName } from './free-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import {
  formatEdge,
  formatPort,
  parseEdge,
  parsePort,
  type Connection,
  type Json,
  type Pipeline,
  type PipelineNode,
  type Port,
  type Position,
} from './pipeline.ts'
import {
  literalText,
  parametersIn,
  parseValue,
  replaceParameters,
  type ParameterValue,
} from './resolve-parameters.ts'
import { subpipelineNamed, subpipelineUse } from './subpipeline-use.ts'
import { wayBack } from './way-back.ts'

/** Puts what stands in the copy of a sub-pipeline in the place of a node that stands for it. */
export function dissolveSubpipeline(pipeline: Pipeline, edit: EditOf<'dissolve-subpipeline'>): Edited {
  const node = existingNode(pipeline, edit.node)
  const use = subpipelineUse(node)
  if (!use) throw pipelineError('not-a-subpipeline', { node: edit.node })
  const inner = copiedSubpipeline(pipeline, use.subpipeline)
  const place: Place = { pipeline, inner, id: edit.node, ...newNames(pipeline, inner, edit.node) }
  const nodes = nodesInPlace(place, use.parameters)
  const isUsedElsewhere = Object.values(nodes).some((each) => subpipelineNamed(each) === use.subpipeline)
  const others = Object.entries(pipeline.subpipelines ?? {}).filter(
    ([name]) => isUsedElsewhere || name !== use.subpipeline,
  )
  const moved = Object.entries(inner.subpipelines ?? {}).map(
    ([name, entry]) => [place.subpipelineNames.get(name)!, entry] as const,
  )
  const dissolved = withSections(place, {
    nodes,
    edges: edgesInPlace(place),
    subpipelines: Object.fromEntries([...others, ...moved]),
  })
  return { pipeline: dissolved, inverse: wayBack(pipeline, dissolved) }
}

interface Place {
  pipeline: Pipeline
  inner: Pipeline
  /** The node that stood for it. */
  id: string
  nodeNames: ReadonlyMap<string, string>
  subpipelineNames: ReadonlyMap<string, string>
}

function newNames(
  pipeline: Pipeline,
  inner: Pipeline,
  id: string,
): Pick<Place, 'nodeNames' | 'subpipelineNames'> {
  const nodes = new Set(Object.keys(pipeline.nodes).filter((each) => each !== id))
  return {
    nodeNames: freeNames(Object.keys(inner.nodes), nodes),
    subpipelineNames: freeNames(
      Object.keys(inner.subpipelines ?? {}),
      new Set(Object.keys(pipeline.subpipelines ?? {})),
    ),
  }
}

/** For each name one that is free; those that are free already are kept first. */
function freeNames(names: readonly string[], taken: Set<string>): Map<string, string> {
  const all = new Set([...taken, ...names])
  const given = new Map<string, string>()
  for (const name of names) {
    const free = taken.has(name) ? freeName(name, (each) => all.has(each)) : name
    all.add(free)
    given.set(name, free)
  }
  return given
}

function nodesInPlace(
  { pipeline, inner, id, nodeNames, subpipelineNames }: Place,
  values: Readonly<Record<string, ParameterValue>>,
): Pipeline['nodes'] {
  const isOff = pipeline.nodes[id]!.disabled === true
  const valueOf = valuesInPlace({ pipeline, inner, id }, values)
  const placed = Object.entries(inner.nodes).map(([name, node]): [string, PipelineNode] => {
    const named = subpipelineNamed(node)
    const params = {
      ...node.params,
      ...(named !== null && { subpipeline: subpipelineNames.get(named) ?? named }),
    }
    const filled = replaceParameters(params, valueOf) as Record<string, Json>
    return [nodeNames.get(name)!, { ...node, ...(isOff && { disabled: true }), params: filled }]
  })
  return Object.fromEntries(
    Object.entries(pipeline.nodes).flatMap((entry) => (entry[0] === id ? placed : [entry])),
  )
}

/** What stands for a parameter of the inner pipeline outside; null where it has no value. */
function valuesInPlace(
  { pipeline, inner, id }: Pick<Place, 'pipeline' | 'inner' | 'id'>,
  values: Readonly<Record<string, ParameterValue>>,
): (name: string) => ParameterValue | null {
  return (name) => {
    const parameter = ownValue(inner.parameters, name)
    if (!parameter) return null
    const given = ownValue(values, name)
    if (given === undefined) {
      const { default: usual } = parameter
      return typeof usual === 'string' ? literalText(usual) : (usual ?? null)
    }
    const isText = parameter.type === 'text' || parameter.type === 'path'
    if (typeof given !== 'string' || isText) return given
    const [outer] = parametersIn(given)
    const type =
      outer !== undefined && given === `\${${outer}}` ? ownValue(pipeline.parameters, outer)?.type : null
    // Where nothing is converted on the way in, the reference means the same in place.
    if (type && type !== 'text' && type !== 'path') return given
    const value = outer === undefined ? parseValue(given, parameter.type) : undefined
    if (value === undefined) throw pipelineError('not-dissolvable', { node: id, parameter: name })
    return value
  }
}

const renamed = ({ nodeNames }: Place, { node, port }: Port): Port => ({
  node: nodeNames.get(node) ?? node,
  port,
})

/** Where an edge from the node begins in place, if its output is declared. */
function sourceInPlace(place: Place, port: Port): Port[] {
  if (port.node !== place.id) return [port]
  const declared = ownValue(place.inner.outputs ?? {}, port.port)
  return declared === undefined ? [] : [renamed(place, parsePort(declared))]
}

function targetsInPlace(place: Place, port: Port): Port[] {
  if (port.node !== place.id) return [port]
  const declared = ownValue(place.inner.inputs ?? {}, port.port) ?? []
  return declared.map((each) => renamed(place, parsePort(each)))
}

const crossed = (place: Place, { from, to }: Connection): string[] =>
  sourceInPlace(place, from).flatMap((source) =>
    targetsInPlace(place, to).map((target) => formatEdge({ from: source, to: target })),
  )

const innerEdge = (place: Place, edge: string): string => {
  const { from, to } = parseEdge(edge)
  return formatEdge({ from: renamed(place, from), to: renamed(place, to) })
}

function edgesInPlace(place: Place): string[] {
  const { pipeline, inner } = place
  const outside = pipeline.edges.flatMap((edge) => crossed(place, parseEdge(edge)))
  return [...new Set([...outside, ...inner.edges.map((edge) => innerEdge(place, edge))])]
}

/** All that speaks of nodes, with what the inner pipeline has of it. */
function withSections(place: Place, done: Pick<Pipeline, 'nodes' | 'edges' | 'subpipelines'>): Pipeline {
  const { pipeline, inner, id, nodeNames } = place
  const { inputs, outputs, links, notes, groups, pins, checks, subpipelines: _old, ...rest } = pipeline
  const rename = (node: string): string => nodeNames.get(node) ?? node
  const members = (nodes: readonly string[]): string[] =>
    nodes.flatMap((node) => (node === id ? [...nodeNames.values()] : [node]))
  const shift = shiftOf(place)
  const sections: Partial<Pipeline> = {
    inputs: nonEmpty(
      inputs &&
        mapEntries(inputs, (ports) =>
          portsOf(ports.flatMap((port) => targetsInPlace(place, parsePort(port)))),
        ),
    ),
    outputs: nonEmpty(
      outputs && mapEntries(outputs, (port) => portsOf(sourceInPlace(place, parsePort(port)))[0]),
    ),
    links: nonEmpty([
      ...(links ?? []).flatMap((link) => crossed(place, parseEdge(link))),
      ...(inner.links ?? []).map((link) => innerEdge(place, link)),
    ]),
    notes: joined(notes, inner.notes, (note) => ({ ...note, at: moved(note.at, shift) })),
    groups: joined(
      groups && mapEntries(groups, (group) => ({ ...group, nodes: members(group.nodes) })),
      inner.groups,
      (group) => ({ ...group, nodes: group.nodes.map(rename) }),
    ),
    pins: nonEmpty({
      ...Object.fromEntries(Object.entries(pins ?? {}).filter(([node]) => node !== id)),
      ...Object.fromEntries(Object.entries(inner.pins ?? {}).map(([node, pin]) => [rename(node), pin])),
    }),
    checks: nonEmpty([
      ...(checks ?? []).filter((check) => !('node' in check) || check.node !== id),
      ...(inner.checks ?? []).map((check) =>
        'node' in check ? Object.assign({}, check, { node: rename(check.node) }) : check,
      ),
    ]),
    subpipelines: nonEmpty(done.subpipelines),
  }
  const inside = Object.entries(inner.layout).map(([node, at]) => [rename(node), moved(at, shift)] as const)
  const layout = Object.entries(pipeline.layout).filter(([node]) => node !== id)
  const present = Object.fromEntries(Object.entries(sections).filter(([, section]) => section !== undefined))
  return {
    ...rest,
    nodes: done.nodes,
    edges: done.edges,
    ...present,
    layout: Object.fromEntries([...layout, ...inside]),
  }
}

/** What stood inside comes to stand where the node stood. */
function shiftOf({ pipeline, inner, id }: Place): Position {
  const at = ownValue(pipeline.layout, id)
  const places = Object.values(inner.layout)
  if (!at || places.length === 0) return [0, 0]
  return [at[0] - Math.min(...places.map(([x]) => x)), at[1] - Math.min(...places.map(([, y]) => y))]
}

const moved = ([x, y]: Position, [right, down]: Position): Position => [x + right, y + down]

const portsOf = (ports: readonly Port[]): string[] => [...new Set(ports.map(formatPort))]

/** Entries whose new value is nothing go. */
function mapEntries<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result | undefined,
): Record<string, Result> {
  const entries = Object.entries(record).map(([name, value]) => [name, map(value)] as const)
  return Object.fromEntries(
    entries.filter(
      (entry): entry is readonly [string, Result] =>
        entry[1] !== undefined && !(Array.isArray(entry[1]) && entry[1].length === 0),
    ),
  )
}

/** Two records as one; a name that is taken gets a number. */
function joined<Value>(
  outer: Readonly<Record<string, Value>> | undefined,
  inner: Readonly<Record<string, Value>> | undefined,
  map: (value: Value) => Value,
): Record<string, Value> | undefined {
  const all: Record<string, Value> = { ...outer }
  for (const [name, value] of Object.entries(inner ?? {}))
    all[freeName(name, (each) => Object.hasOwn(all, each))] = map(value)
  return nonEmpty(all)
}

const nonEmpty = <Section extends object>(section: Section | undefined): Section | undefined =>
  section && Object.keys(section).length > 0 ? section : undefined
