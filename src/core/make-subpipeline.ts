import type { EditOf, Edited } from './edits.ts'
import { existingNode } from './edit-nodes.ts'
import { freeName } from './free-name.ts'
import { graphOf } from './graph.ts'
import { pipelineError } from './pipeline-errors.ts'
import { formatEdge, formatPort, parseEdge, parsePort, type Pipeline, type Position } from './pipeline.ts'
import { parametersIn } from './resolve-parameters.ts'
import { subpipelineNamed, subpipelineType } from './subpipeline-use.ts'
import { wayBack } from './way-back.ts'

/** Puts nodes into a new sub-pipeline, and a node that stands for it in their place. */
export function makeSubpipeline(pipeline: Pipeline, edit: EditOf<'make-subpipeline'>): Edited {
  const { id, subpipeline } = edit
  const chosen = new Set(edit.nodes)
  for (const node of chosen) existingNode(pipeline, node)
  if (Object.hasOwn(pipeline.nodes, id) && !chosen.has(id)) throw pipelineError('node-exists', { node: id })
  if (Object.hasOwn(pipeline.subpipelines ?? {}, subpipeline))
    throw pipelineError('subpipeline-exists', { subpipeline })
  refuseBetween(pipeline, chosen)
  const border = drawBorder(pipeline, { chosen, id })
  const inner = innerPipeline(pipeline, { chosen, border, name: subpipeline })
  const made = outerPipeline(pipeline, { chosen, border, id, subpipeline, inner })
  return { pipeline: made, inverse: wayBack(pipeline, made) }
}

type Chosen = ReadonlySet<string>

/** The node that would have to run in the middle of the sub-pipeline. */
function refuseBetween(pipeline: Pipeline, chosen: Chosen): void {
  const graph = graphOf(pipeline)
  const reached = (of: (node: string) => ReadonlySet<string>) =>
    new Set([...chosen].flatMap((node) => Array.from(of(node))))
  const before = reached((node) => graph.ancestors(node))
  const behind = reached((node) => graph.descendants(node))
  const between = graph.nodes.find((node) => !chosen.has(node) && before.has(node) && behind.has(node))
  if (between !== undefined) throw pipelineError('node-between', { node: between })
}

/** What crosses the border of the new sub-pipeline, in the words of either side. */
interface Border {
  inputs: Record<string, string[]>
  outputs: Record<string, string>
  /** Of the pipeline outside. */
  edges: string[]
  innerEdges: string[]
  outerInputs: Pipeline['inputs']
  outerOutputs: Pipeline['outputs']
}

function drawBorder(pipeline: Pipeline, { chosen, id }: { chosen: Chosen; id: string }): Border {
  const inputs: Record<string, string[]> = {}
  const outputs: Record<string, string> = {}
  const known = new Map<string, string>()
  const arriving = arrivals(pipeline)
  /** The input that feeds an inner port; one source at several ports is one input, if their order allows it. */
  const inputFor = (source: string, port: string): { name: string; isNew: boolean } => {
    const key = arriving.get(port)! > 1 ? `${source} ${port}` : source
    const name = known.get(key)
    if (name !== undefined) {
      inputs[name]!.push(port)
      return { name, isNew: false }
    }
    const fresh = freeName(parsePort(port).port, (each) => Object.hasOwn(inputs, each))
    known.set(key, fresh)
    inputs[fresh] = [port]
    return { name: fresh, isNew: true }
  }
  const outputFor = (port: string): string => {
    const there = Object.entries(outputs).find(([, inner]) => inner === port)
    const name = there?.[0] ?? freeName(parsePort(port).port, (each) => Object.hasOwn(outputs, each))
    outputs[name] = port
    return name
  }
  const outerInputs = mapped(pipeline.inputs, (ports, name) =>
    ports.flatMap((port) => {
      if (!chosen.has(parsePort(port).node)) return [port]
      const input = inputFor(`input ${name}`, port)
      return input.isNew ? [`${id}.${input.name}`] : []
    }),
  )
  const edges: string[] = []
  const innerEdges: string[] = []
  const fedInside = new Set<string>()
  for (const edge of pipeline.edges) {
    const { from, to } = parseEdge(edge)
    const port = formatPort(to)
    if (!chosen.has(to.node)) {
      const outer = chosen.has(from.node) ? { node: id, port: outputFor(formatPort(from)) } : from
      edges.push(formatEdge({ from: outer, to }))
    } else if (chosen.has(from.node)) {
      fedInside.add(port)
      innerEdges.push(edge)
    } else {
      if (fedInside.has(port)) throw pipelineError('order-lost', { port })
      const input = inputFor(formatPort(from), port)
      if (input.isNew) edges.push(formatEdge({ from, to: { node: id, port: input.name } }))
    }
  }
  const outerOutputs = mapped(pipeline.outputs, (port) =>
    chosen.has(parsePort(port).node) ? `${id}.${outputFor(port)}` : port,
  )
  return { inputs, outputs, edges, innerEdges, outerInputs, outerOutputs }
}

/** How many edges and declared inputs end at each port. */
function arrivals({ inputs = {}, edges }: Pipeline): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const ends = [...Object.values(inputs).flat(), ...edges.map((edge) => formatPort(parseEdge(edge).to))]
  for (const port of ends) counts.set(port, (counts.get(port) ?? 0) + 1)
  return counts
}

function innerPipeline(
  pipeline: Pipeline,
  { chosen, border, name }: { chosen: Chosen; border: Border; name: string },
): Pipeline {
  const { format, seed, parameters, nodes, links, groups = {}, pins, checks, layout } = pipeline
  const { inputs, outputs, innerEdges } = border
  const inside = <Value>(record: Readonly<Record<string, Value>> | undefined) =>
    picked(record, (id) => chosen.has(id))
  const own = inside(nodes)!
  const asked = new Set(Object.values(own).flatMap((node) => parametersIn(node.params)))
  const innerLinks = links?.filter((link) => endsOf(link).every((id) => chosen.has(id)))
  const innerChecks = checks?.filter((check) => 'node' in check && chosen.has(check.node))
  const sections = {
    inputs,
    outputs,
    links: innerLinks,
    groups: picked(groups, (group) => isInside(groups[group]!.nodes, chosen)),
    subpipelines: picked(pipeline.subpipelines, (each) => used(own).has(each)),
    pins: inside(pins),
    checks: innerChecks,
  }
  return {
    format,
    id: name.slice(0, 64),
    name: name.slice(0, 200),
    seed,
    parameters: picked(parameters, (each) => asked.has(each))!,
    nodes: own,
    edges: innerEdges,
    layout: inside(layout)!,
    ...withoutEmpty(sections),
  }
}

function outerPipeline(
  pipeline: Pipeline,
  made: { chosen: Chosen; border: Border; id: string; subpipeline: string; inner: Pipeline },
): Pipeline {
  const { chosen, border, id, subpipeline, inner } = made
  const { links, groups = {}, pins, checks, layout, subpipelines } = pipeline
  const outside = (each: string): boolean => !chosen.has(each)
  const rename = (each: string): string => (chosen.has(each) ? id : each)
  const values = Object.fromEntries(Object.keys(inner.parameters).map((name) => [name, `\${${name}}`]))
  const node = { type: subpipelineType, version: 1, params: { subpipeline, parameters: values } }
  const first = Object.keys(pipeline.nodes).find((each) => chosen.has(each))
  const nodes = Object.fromEntries(
    Object.entries(pipeline.nodes).flatMap(([each, own]) =>
      each === first ? [[id, node]] : chosen.has(each) ? [] : [[each, own]],
    ),
  ) as Pipeline['nodes']
  const stillUsed = used(nodes)
  const place = corner(inner.layout)
  const sections = {
    inputs: border.outerInputs,
    outputs: border.outerOutputs,
    links: links && [
      ...new Set(
        links
          .filter((link) => endsOf(link).some(outside))
          .map((link) => {
            const { from, to } = parseEdge(link)
            return formatEdge({
              from: { ...from, node: rename(from.node) },
              to: { ...to, node: rename(to.node) },
            })
          }),
      ),
    ],
    groups: mapped(
      picked(groups, (group) => !isInside(groups[group]!.nodes, chosen)),
      (group) => ({ ...group, nodes: [...new Set(group.nodes.map(rename))] }),
    ),
    pins: picked(pins, outside),
    checks: checks?.filter((check) => !('node' in check) || outside(check.node)),
  }
  const moved = (each: string): boolean =>
    Object.hasOwn(inner.subpipelines ?? {}, each) && !stillUsed.has(each)
  const {
    inputs: _inputs,
    outputs: _outputs,
    links: _links,
    groups: _groups,
    pins: _pins,
    checks: _checks,
    ...rest
  } = pipeline
  return {
    ...rest,
    nodes,
    edges: border.edges,
    subpipelines: { ...picked(subpipelines, (each) => !moved(each)), [subpipeline]: { pipeline: inner } },
    layout: { ...picked(layout, outside), ...(place && { [id]: place }) },
    ...withoutEmpty(sections),
  }
}

/** Names of the sub-pipelines that nodes speak of. */
const used = (nodes: Pipeline['nodes']): ReadonlySet<string> =>
  new Set(Object.values(nodes).flatMap((node) => subpipelineNamed(node) ?? []))

const isInside = (nodes: readonly string[], chosen: Chosen): boolean =>
  nodes.length > 0 && nodes.every((id) => chosen.has(id))

function corner(layout: Pipeline['layout']): Position | undefined {
  const places = Object.values(layout)
  if (places.length === 0) return undefined
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
}

function endsOf(edge: string): [string, string] {
  const { from, to } = parseEdge(edge)
  return [from.node, to.node]
}

function picked<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  isWanted: (name: string) => boolean,
): Record<string, Value> | undefined {
  return record && Object.fromEntries(Object.entries(record).filter(([name]) => isWanted(name)))
}

function mapped<Value, Result>(
  record: Readonly<Record<string, Value>> | undefined,
  map: (value: Value, name: string) => Result,
): Record<string, Result> | undefined {
  return record && Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]))
}

/** Sections with something in them. */
function withoutEmpty<Sections extends object>(sections: Sections): Partial<Sections> {
  return Object.fromEntries(
    Object.entries(sections).filter(([, section]) => section && Object.keys(section as object).length > 0),
  ) as Partial<Sections>
}
