import { dirname } from 'node:path'
import { checkPipeline, type CheckResult } from '../checks/check-pipeline.ts'
import { PipewrightError, type ErrorReport } from '../core/errors.ts'
import { embedReferences } from '../core/embed-references.ts'
import { expandPipeline, type ExpandedPipeline, type ReferencedPipelines } from '../core/expand-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import type { Shape } from '../core/columns.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import { checkItemPipelines } from './check-item-pipelines.ts'
import { brokenEffect } from './effects.ts'
import type { EngineParts } from './engine-parts.ts'
import { loadReferences } from './load-references.ts'
import type { ProbeSource } from './pipeline-source.ts'
import { givenDefinitions, givenNode, withGivenInputs, type GivenInputs } from './given-inputs.ts'
import type { PlanOptions } from './plan-run.ts'
import { probeBehind } from './probe-behind.ts'
import { probeSources, type Probed } from './probe-sources.ts'
import {
  isWhole,
  nodesInScope,
  nodesNamed,
  runSteps,
  skippedNodes,
  type RunScope,
  type RunStep,
  type SkippedNode,
} from './run-steps.ts'
import type { CodeFingerprints } from './runner-fingerprint.ts'
import { hashSourceFiles } from './source-files.ts'
import { withLogs } from './source-logs.ts'

/** A checked pipeline, ready to be planned. */
export interface PreparedRun {
  expanded: ExpandedPipeline
  /** The pipeline with all that it refers to written in. */
  document: Pipeline
  findings: readonly Finding[]
  steps: readonly RunStep[]
  skipped: readonly SkippedNode[]
  baseFolder: string
  hashFiles: (step: RunStep) => Promise<Readonly<Record<string, string>>>
  /** The code that the run is planned for, and done by. */
  code: CodeFingerprints
  /** What a plan needs, but for what it may reuse. */
  planOptions: Omit<PlanOptions, 'lookup' | 'previous'>
}

/** A pipeline to be checked: one that runs alone, or for an item, with what arrives at its inputs. */
export interface CheckableSource extends ProbeSource {
  inputs?: GivenInputs
}

export interface CheckedSource extends CheckResult {
  references: ReferencedPipelines
}

/** Probes the sources, then what only its inputs can tell the columns of, and checks the document. */
export async function checkSource(
  parts: EngineParts,
  source: CheckableSource,
  signal: AbortSignal,
): Promise<CheckedSource> {
  const references = await loadReferences(source)
  const { inputs = new Map<string, Shape>() } = source
  const pipeline = inputs.size > 0 ? withGivenInputs(source.pipeline, inputs) : source.pipeline
  const definitions = inputs.size > 0 ? withGivenTypes(parts.definitions) : parts.definitions
  const expanded = expandPipeline({ pipeline, given: source.parameters ?? {}, references })
  const seen = await probeSources(parts, { ...source, pipeline, expanded }, signal)
  for (const [name, shape] of inputs) seen.set(givenNode(name), { shapes: { [shape.kind]: shape } })
  const itemFindings: Finding[] = []
  for (;;) {
    const check = checkPipeline({
      pipeline,
      definitions,
      references,
      expanded,
      ...outcomesOf(seen),
    })
    const more = await probeBehind(parts, { source: { ...source, pipeline }, check, seen, signal })
    for (const [node, found] of more) seen.set(node, found)
    const items = await checkItemPipelines({
      definitions,
      check,
      references,
      seen,
      checkItem: (item) => checkSource(parts, { ...source, ...item }, signal),
    })
    for (const [node, shapes] of items.shapes) seen.set(node, { shapes })
    itemFindings.push(...items.findings)
    if (more.size === 0 && items.shapes.size === 0)
      return { ...check, findings: [...check.findings, ...itemFindings], references }
  }
}

function outcomesOf(seen: ReadonlyMap<string, Probed>) {
  const probed = new Map<string, Shapes | null>()
  const probeFailures = new Map<string, ErrorReport>()
  for (const [node, found] of seen)
    if ('failure' in found) {
      probed.set(node, null)
      probeFailures.set(node, found.failure)
    } else if (found.shapes) probed.set(node, found.shapes)
  return { probed, probeFailures }
}

/** Errors in the part of the pipeline that is asked for refuse the run; elsewhere they do no harm. */
export async function prepareRun(
  parts: EngineParts,
  request: CheckableSource & RunScope,
  signal: AbortSignal,
): Promise<PreparedRun | { refused: readonly Finding[] }> {
  const { definitions, workspace, fingerprints, libraries } = parts
  const { pipeline, path, to, from } = request
  const check = await checkSource(parts, request, signal)
  const { document } = check.expanded
  const inScope = nodesInScope(document, check.live, { to, from })
  const isRelevant = ({ at }: Finding): boolean =>
    !at || nodesNamed([at.node], check.live.pipeline).some((node) => inScope.has(node))
  if (check.findings.some((finding) => finding.severity === 'error' && isRelevant(finding)))
    return { refused: check.findings.filter(isRelevant) }

  const baseFolder = dirname(path)
  const code = fingerprints.snapshot()
  const { fileHashes } = workspace.tracking
  const hashFiles = (step: RunStep) => hashSourceFiles(step, { baseFolder, fileHashes })
  const steps = await withLogs(
    runSteps({
      check,
      references: check.references,
      definitions: withGivenTypes(definitions),
      inScope,
      forced: new Set(nodesNamed(from ?? [], check.live.pipeline)),
    }),
    workspace,
  )
  // A file that cannot be read fails the step that reads it, which something may go on without.
  const hashes = steps
    .filter(({ definition }) => 'files' in definition || 'filePatterns' in definition)
    .map(async (step) => [step.node, await hashFiles(step).catch(noFilesAfterRefusal)] as const)
  return {
    expanded: check.expanded,
    document: embedReferences(pipeline, check.references),
    findings: check.findings,
    steps,
    skipped: isWhole({ to, from }) ? skippedNodes(document, check) : [],
    baseFolder,
    hashFiles,
    code,
    planOptions: {
      steps,
      seed: pipeline.seed,
      baseFolder,
      codeOf: rememberedByType((type) => code.of(type)),
      libraries,
      files: new Map(await Promise.all(hashes)),
      brokenEffect: (effect) => brokenEffect(effect, workspace.tracking),
    },
  }
}

const withGivenTypes = (definitions: EngineParts['definitions']): EngineParts['definitions'] =>
  new Map([
    ...definitions,
    ...givenDefinitions.map((definition) => [definition.id as string, definition] as const),
  ])

function noFilesAfterRefusal(thrown: unknown): Readonly<Record<string, string>> {
  if (thrown instanceof PipewrightError) return {}
  throw thrown
}

/** Within one run, the code behind a node type is looked at once. */
function rememberedByType(codeOf: (nodeType: string) => string): (nodeType: string) => string {
  const known = new Map<string, string>()
  return (nodeType) => {
    const code = known.get(nodeType) ?? codeOf(nodeType)
    known.set(nodeType, code)
    return code
  }
}
