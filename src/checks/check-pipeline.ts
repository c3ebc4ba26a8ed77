import type { ErrorReport } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { graphOf } from '../core/graph.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { fillParameters } from '../core/resolve-parameters.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import { cycleFindings, emptyFindings, unusedFindings } from './check-graph.ts'
import { leakFindings } from './check-leaks.ts'
import { mentionFindings } from './check-mentions.ts'
import { sectionFindings } from './check-sections.ts'
import { parameterFindings } from './check-parameters.ts'
import { checkParams } from './check-params.ts'
import { targetFindings } from './check-targets.ts'
import { checkTypes } from './check-types.ts'
import { checkWiring } from './check-wiring.ts'
import { fixUnsplitRows } from './fix-unsplit-rows.ts'
import { flowOf } from './flow.ts'
import type { Inspection } from './inspection.ts'
import { propagateShapes } from './propagate-shapes.ts'
import { resolveDisabled, type LivePipeline } from './resolve-disabled.ts'

export interface CheckRequest {
  pipeline: Pipeline
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  /** What probing each source gave; null where it could not be read; nothing where it was not tried. */
  probed: ReadonlyMap<string, Shapes | null>
  /** Why a source could not be read. */
  probeFailures?: ReadonlyMap<string, ErrorReport>
  /** Values of the pipeline's parameters, as texts. */
  parameters?: Readonly<Record<string, string>>
}

export interface CheckResult {
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
  const { pipeline: document, definitions, probed, probeFailures = new Map(), parameters = {} } = request
  const filled = fillParameters({ pipeline: document, given: parameters })
  const live = resolveDisabled(filled.pipeline, definitions)
  const types = checkTypes({ document, live: live.pipeline, definitions })
  const inspection: Inspection = {
    document,
    definitions,
    live,
    graph: graphOf(live.pipeline),
    nodes: types.result,
  }
  const wiring = checkWiring(inspection)
  const params = checkParams(inspection, filled.unfilled)
  const known = { inspection, wires: wiring.result, params: params.result }
  const propagation = propagateShapes({ ...known, probed, probeFailures })
  const flow = flowOf({ ...known, propagation })
  const findings = [
    ...parameterFindings(filled.problems, { document, live: live.pipeline }),
    ...emptyFindings(inspection),
    ...sectionFindings(document),
    ...mentionFindings(document),
    ...types.findings,
    ...wiring.findings,
    ...cycleFindings(inspection),
    ...params.findings,
    ...fixUnsplitRows(propagation.findings, flow),
    ...leakFindings(flow),
    ...targetFindings(flow),
    ...unusedFindings(inspection),
  ]
  return {
    findings: inFileOrder(findings, document),
    shapes: propagation.shapes,
    params: params.result,
    live,
  }
}

function inFileOrder(findings: readonly Finding[], document: Pipeline): Finding[] {
  const rank = new Map(Object.keys(document.nodes).map((id, index) => [id, index]))
  const rankOf = ({ at }: Finding): number => (at ? (rank.get(at.node) ?? -1) : -1)
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b))
}
