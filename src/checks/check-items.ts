import type { ReferencedPipelines } from '../core/expand-pipeline.ts'
import { levelOf, type Level } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { didYouMean } from '../core/nearest-name.ts'
import { PipewrightError } from '../core/errors.ts'
import { ownValue } from '../core/own-value.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { subpipelineNamed } from '../core/subpipeline-use.ts'
import type { ItemPipeline } from '../node-kit/define-node.ts'
import { finding } from './findings.ts'
import { nameOf, type Inspection } from './inspection.ts'

/** What is wrong with the sub-pipelines that nodes run for their items. */
export function itemFindings(
  inspection: Inspection,
  { params, references }: { params: ReadonlyMap<string, unknown>; references: ReferencedPipelines },
): Finding[] {
  return [...inspection.nodes.values()].flatMap(({ id, node, definition }): Finding[] => {
    if (!definition.runsSubpipeline || !params.has(id)) return []
    const item: ItemPipeline = definition.runsSubpipeline(params.get(id))
    const at = { node: id, param: 'subpipeline' }
    const found = subpipelineAt(levelOf(inspection.expanded.top, id).level, item.subpipeline, references)
    if (!('nodes' in found))
      return [{ ...found, code: found.code.replace(/^.*\./, ''), severity: 'error', at }]
    const unknown = unknownParts(item, found).map((part) =>
      finding(
        'not-in-subpipeline',
        { ...part, node: nameOf(node, id), subpipeline: item.subpipeline },
        { at },
      ),
    )
    const sink = sinkIn(found, inspection, references)
    if (sink === undefined) return unknown
    return unknown.concat(finding('sink-in-item', { node: nameOf(node, id), sink }, { at }))
  })
}

/** What a node names of its sub-pipeline that this does not have. */
function unknownParts(item: ItemPipeline, { inputs = {}, outputs = {}, parameters }: Pipeline) {
  const parts = [
    { part: 'input', named: Object.keys(item.inputs), declared: Object.keys(inputs) },
    { part: 'output', named: item.outputs, declared: Object.keys(outputs) },
    { part: 'parameter', named: item.itemParameters, declared: Object.keys(parameters) },
  ]
  return parts.flatMap(({ part, named, declared }) => {
    const otherwise =
      declared.length > 0
        ? `It has ${declared.map((each) => `“${each}”`).join(', ')}.`
        : `It has no ${part}s.`
    return named
      .filter((name) => !declared.includes(name))
      .map((name) => ({ part, name, remedy: didYouMean(name, declared, otherwise) }))
  })
}

function subpipelineAt(
  { pipeline: { subpipelines = {} } }: Level,
  subpipeline: string,
  references: ReferencedPipelines,
): Pipeline | Pick<Finding, 'code' | 'message' | 'remedy'> {
  const entry = ownValue(subpipelines, subpipeline)
  const pipeline = entry && ('pipeline' in entry ? entry.pipeline : references.get(entry.hash))
  if (pipeline instanceof PipewrightError) return pipeline.toReport()
  if (pipeline) return pipeline
  return {
    code: 'no-subpipeline',
    message: `There is no sub-pipeline “${subpipeline}”.`,
    remedy: didYouMean(subpipeline, Object.keys(subpipelines), 'Add it to the file, or choose another.'),
  }
}

/** The first step, at any depth, that changes something outside. */
function sinkIn(
  { nodes, subpipelines = {} }: Pipeline,
  inspection: Inspection,
  references: ReferencedPipelines,
): string | undefined {
  const live = Object.entries(nodes).filter(([, { disabled }]) => !disabled)
  const sink = live.find(([, { type }]) => inspection.definitions.get(type)?.effect === 'sink')
  if (sink) return sink[0]
  const used = new Set(live.flatMap(([, node]) => subpipelineNamed(node) ?? []))
  for (const [name, entry] of Object.entries(subpipelines)) {
    const inner = 'pipeline' in entry ? entry.pipeline : references.get(entry.hash)
    if (!used.has(name) || !inner || inner instanceof PipewrightError) continue
    const found = sinkIn(inner, inspection, references)
    if (found !== undefined) return `${name}/${found}`
  }
  return undefined
}
