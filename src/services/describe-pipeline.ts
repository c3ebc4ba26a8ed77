import type { CheckResult } from '../checks/check-pipeline.ts'
import type { Wire } from '../checks/resolve-disabled.ts'
import type { PipelineDescription } from '../contract/pipelines-contract.ts'
import type { Shape } from '../core/columns.ts'
import { levelOf, sourceOf, targetsOf, type Level } from '../core/expansion-level.ts'
import { graphOf, type Graph } from '../core/graph.ts'
import { formatPort, type Pipeline, type Port } from '../core/pipeline.ts'
import type { Services } from './services.ts'

type DescribedNode = PipelineDescription['nodes'][number]

interface Picture {
  result: CheckResult
  graph: Graph
  titleOf: (type: string) => string
}

/** A pipeline as a picture needs it. */
export function describePipeline(
  pipeline: Pipeline,
  { result, services }: { result: CheckResult; services: Services },
): PipelineDescription {
  const graph = graphOf(result.expanded.document)
  const titles = new Map(services.definitions.map(({ id, title }) => [id as string, title]))
  const picture: Picture = { result, graph, titleOf: (type) => titles.get(type) ?? type }
  const behindCycles = graph.nodes.filter((id) => !graph.order.includes(id))
  return {
    id: pipeline.id,
    name: pipeline.name,
    description: pipeline.description ?? null,
    parameters: Object.entries(pipeline.parameters).map(([name, parameter]) => ({
      name,
      type: parameter.type,
      default: parameter.default ?? null,
      description: parameter.description ?? null,
    })),
    nodes: withOuterNodes([...graph.order, ...behindCycles], picture),
    edges: [...pipeline.edges],
    findings: result.findings,
  }
}

/** Each node that stands for a sub-pipeline comes before the first that is in it. */
function withOuterNodes(ids: readonly string[], picture: Picture): DescribedNode[] {
  const { expanded } = picture.result
  const described: DescribedNode[] = []
  const seen = new Set<Level>()
  const enter = (level: Level): void => {
    if (!level.outer || seen.has(level)) return
    enter(level.outer.level)
    seen.add(level)
    described.push(describeOuter(level, picture))
  }
  for (const id of ids) {
    enter(levelOf(expanded.top, id).level)
    described.push(describeNode(id, picture))
  }
  return described
}

function describeNode(id: string, { result, graph, titleOf }: Picture): DescribedNode {
  const node = result.expanded.document.nodes[id]!
  const wiresInto = result.live.wires.filter(({ to }) => to.node === id)
  return {
    id,
    type: node.type,
    title: node.title ?? titleOf(node.type),
    state: node.disabled ? 'disabled' : result.live.skipped.has(id) ? 'skipped' : 'runs',
    inputs: [...new Set(graph.into(id).map(({ from }) => from.node))],
    inputShapes: shapesInto(
      wiresInto.map((wire) => [wire.to.port, wire]),
      result,
    ),
    outputs: { ...result.shapes.get(id) },
  }
}

/** What arrives at inputs, by the name under which each is to be told. */
function shapesInto(
  wires: readonly (readonly [name: string, wire: Wire])[],
  { shapes }: CheckResult,
): Record<string, Shape[]> {
  const arriving: Record<string, Shape[]> = {}
  for (const [name, { from }] of wires) {
    const shape = shapes.get(from.node)?.[from.port]
    if (shape) (arriving[name] ??= []).push(shape)
  }
  return arriving
}

function describeOuter(level: Level, { result, graph, titleOf }: Picture): DescribedNode {
  const { level: around, node: name } = level.outer!
  const node = around.pipeline.nodes[name]!
  const id = `${around.prefix}${name}`
  const { inputs = {}, outputs = {} } = level.pipeline
  const fed = Object.keys(inputs).flatMap((port) =>
    targetsOf(around, { node: name, port }).map((target) => ({ port, target })),
  )
  const wires = fed.flatMap(({ port, target }) =>
    result.live.wires
      .filter(({ from, to }) => isSame(to, target) && !from.node.startsWith(level.prefix))
      .map((wire) => [port, wire] as const),
  )
  const feeding = fed.flatMap(({ target }) =>
    graph.into(target.node).filter(({ to }) => to.port === target.port),
  )
  const shapes = Object.keys(outputs).flatMap((port): [string, Shape][] => {
    const source = sourceOf(around, { node: name, port })
    const shape = source && result.shapes.get(source.node)?.[source.port]
    return shape ? [[port, shape]] : []
  })
  const outside = feeding.map(({ from }) => from.node).filter((each) => !each.startsWith(level.prefix))
  return {
    id,
    type: node.type,
    title: node.title ?? titleOf(node.type),
    state: node.disabled ? 'disabled' : 'runs',
    inputs: [...new Set(outside)],
    inputShapes: shapesInto(wires, result),
    outputs: Object.fromEntries(shapes),
  }
}

const isSame = (one: Port, other: Port): boolean => formatPort(one) === formatPort(other)
