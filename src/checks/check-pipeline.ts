import type { ErrorReport } from '../core/errors.ts'
import { expandPipeline, type ExpandedPipeline, type ReferencedPipelines } from '../core/expand-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { ParameterValue } from '../core/resolve-parameters.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import { automationFindings } from './check-automation.ts'
import { cycleFindings, emptyFindings, unusedFindings } from './check-graph.ts'
import { leakFindings } from './check-leaks.ts'
import { itemFindings } from './check-items.ts'
import { mentionFindings } from './check-mentions.ts'
import { sectionFindings } from './check-sections.ts'
import { parameterFindings } from './check-parameters.ts'
import { targetFindings } from './check-targets.ts'
import { checkWiring } from './check-wiring.ts'
import { fixUnsplitRows } from './fix-unsplit-rows.ts'
import { fixInFile } from './fix-in-file.ts'
import { flowOf } from './flow.ts'
import { inspectPipeline } from './inspect-pipeline.ts'
import { propagateShapes } from './propagate-shapes.ts'
import type { LivePipeline } from './resolve-disabled.ts'

export interface CheckRequest {
  pipeline: Pipeline
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  /** What probing each source gave; null where it could not be read; nothing where it was not tried. */
  probed: ReadonlyMap<string, Shapes | null>
  /** Why a source could not be read. */
  probeFailures?: ReadonlyMap<string, ErrorReport>
  /** Values of the pipeline's parameters, as texts or as they are. */
  parameters?: Readonly<Record<string, ParameterValue>>
  /** Pipelines that stand in files of their own. */
  references?: ReferencedPipelines
  /** The pipeline with its sub-pipelines in place, where that is known already. */
  expanded?: ExpandedPipeline
}

export interface CheckResult {
  /** The pipeline with its sub-pipelines in place: what node ids speak of. */
  expanded: ExpandedPipeline
  /** What is about the whole pipeline first, then by the order of the nodes in the file. */
  findings: readonly Finding[]
  /** Shapes of the outputs of each node that would run. */
  shapes: ReadonlyMap<string, Shapes>
  /** Parsed parameters, filled in and upgraded, of each node whose parameters are right. */
  params: ReadonlyMap<string, unknown>
  /** What would run, with parameters filled in: without disabled nodes. */
  live: LivePipeline
}

/** Everything that can be said about a pipeline without running it. */
export function checkPipeline(request: CheckRequest): CheckResult {
  const {
    pipeline: file,
    probed,
    probeFailures = new Map(),
    parameters = {},
    references = new Map(),
  } = request
  const expanded = request.expanded ?? expandPipeline({ pipeline: file, given: parameters, references })
  const { document, problems } = expanded
  const { inspection, types, params } = inspectPipeline(expanded, request.definitions)
  const { live } = inspection
  const wiring = checkWiring(inspection)
  const known = { inspection, wires: wiring.result, params: params.result }
  const propagation = propagateShapes({ ...known, probed, probeFailures })
  const flow = flowOf({ ...known, propagation })
  const findings = [
    ...parameterFindings(problems, inspection),
    ...emptyFindings(inspection),
    ...sectionFindings(file),
    ...automationFindings(file),
    ...mentionFindings(file),
    ...types.findings,
    ...wiring.findings,
    ...cycleFindings(inspection),
    ...params.findings,
    ...fixUnsplitRows(propagation.findings, flow),
    ...leakFindings(flow),
    ...targetFindings(flow),
    ...unusedFindings(inspection),
    ...itemFindings(inspection, { params: params.result, references }),
  ]
  return {
    expanded,
    findings: inFileOrder(findings, document).map((each) => inFile(each, expanded)),
    shapes: propagation.shapes,
    params: params.result,
    live,
  }
}

/** A finding about the expanded pipeline as one about the file. */
function inFile({ fix, ...finding }: Finding, expanded: ExpandedPipeline): Finding {
  const written = fix && fixInFile(fix, expanded)
  return { ...finding, ...(written && { fix: written }) }
}

function inFileOrder(findings: readonly Finding[], document: Pipeline): Finding[] {
  const rank = new Map<string, number>()
  for (const id of Object.keys(document.nodes)) {
    const steps = id.split('/')
    for (const depth of steps.keys()) {
      const outer = steps.slice(0, depth + 1).join('/')
      if (!rank.has(outer)) rank.set(outer, rank.size)
    }
  }
  const rankOf = ({ at }: Finding): number => (at ? (rank.get(at.node) ?? -1) : -1)
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b))
}
