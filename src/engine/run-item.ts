import { join } from 'node:path'
import type { Finding } from '../core/finding.ts'
import type { ErrorReport } from '../core/errors.ts'
import { parsePort } from '../core/pipeline.ts'
import { sourceOf } from '../core/expansion-level.ts'
import { shapeOfArtifact } from '../node-kit/shape-of-artifact.ts'
import type { ResultRecord } from '../storage/results.ts'
import type { StepOutput } from '../storage/steps.ts'
import type { EngineParts } from './engine-parts.ts'
import { engineError } from './errors.ts'
import { givenNode } from './given-inputs.ts'
import { openLayeredArtifacts } from './layered-artifacts.ts'
import { createPlan, type RunPlan } from './plan-run.ts'
import type { PreviousSteps } from './previous-steps.ts'
import { prepareRun, type PreparedRun } from './prepare-run.ts'
import { runPipeline } from './run-pipeline.ts'
import type { RunStep } from './run-steps.ts'
import { createRunTally, type RunTally } from './run-tally.ts'
import { surroundSteps, type ItemRun, type RunItem } from './step-surroundings.ts'

/** What a run has for its items as it has it for its own steps. */
interface ItemOptions {
  lookup(decided: { key: string; node: string }): Promise<ResultRecord | null> | ResultRecord | null
  previousOf: PreviousSteps
  /** Of the whole run. */
  tally: RunTally
  /** Is shown what is to be run for an item; what it throws fails the step whose item that is. */
  inspect?(placed: PreparedRun): void
}

/** The name of a step of an item: `outer[item]/inner`. */
export const itemStep = (step: { node: string }, item: string, node: string): string =>
  `${step.node}[${item}]/${node}`

/** Whether a step is that of an item, and so stands in no pipeline file. */
export const isItemStep = (node: string): boolean => node.includes('[')

/** Makes what runs sub-pipelines for the items of steps, within one run. */
export function createItemRunner(parts: EngineParts, options: ItemOptions): RunItem {
  return async (request) => {
    const { step, subpipeline, run, signal } = request
    const given = await givenInputs(request)
    const prepared = await prepareRun(
      parts,
      {
        pipeline: { ...subpipeline, seed: run.seed },
        path: join(run.baseFolder, 'item.pipeline.json'),
        parameters: request.parameters,
        inputs: given.shapes,
      },
      signal,
    )
    if ('refused' in prepared)
      return { outcome: { kind: 'failed', error: errorOf(prepared.refused, step) }, failed: [] }
    const placed = placeSteps(prepared, request)
    options.inspect?.(placed)
    const { journal, log, artifactRoots, staging, maxThreads } = run
    journal.note({ events: [stepsAdded(step, placed.steps)] })
    const plan = createPlan({
      ...placed.planOptions,
      lookup: (decided) => options.lookup(decided),
      previous: options.previousOf(placed.steps.map(({ node }) => node)),
      given: given.outputs,
      placeOf: new Map(placed.steps.map(({ node, place }) => [node, place])),
    })
    const tally = createRunTally()
    const own = { artifactRoots, staging, journal, log, signal, tally, runItem: run.runItem }
    const summary = await runPipeline({
      plan,
      run: surroundSteps(parts, placed, { ...own, ...(maxThreads !== undefined && { maxThreads }) }),
      tally,
      steps: placed.steps,
      skipped: [],
    })
    signal.throwIfAborted()
    options.tally.item(summary)
    const [error] = summary.errors
    if (!error) return { outcome: { kind: 'done', outputs: outputsOf(prepared, plan, request) }, failed: [] }
    const failed = placed.steps.flatMap(({ node }) => (tally.hasFailed(node) ? [node] : []))
    return { outcome: { kind: 'failed', error }, failed }
  }
}

/** What arrives at the inputs of the sub-pipeline. */
async function givenInputs({ subpipeline, inputs, run }: ItemRun) {
  const artifacts = openLayeredArtifacts({ roots: run.artifactRoots, staging: run.staging })
  const shapes = new Map<string, ReturnType<typeof shapeOfArtifact>>()
  const outputs = new Map<string, Record<string, StepOutput>>()
  for (const [name, { kind, hash }] of Object.entries(inputs)) {
    if (!Object.hasOwn(subpipeline.inputs ?? {}, name))
      throw engineError('no-item-input', { input: name, subpipeline: subpipeline.name })
    shapes.set(name, shapeOfArtifact(await artifacts.read(kind, hash)))
    outputs.set(givenNode(name), { [kind]: { kind, hash } })
  }
  return { shapes, outputs }
}

function errorOf(findings: readonly Finding[], step: RunStep): ErrorReport {
  const finding = findings.find(({ severity }) => severity === 'error')!
  const { code, message, remedy, at } = finding
  const node = at ? `${step.place}/${at.node}` : step.place
  return {
    code: `check.${code}`,
    kind: 'user',
    message: at ? `${node}: ${message}` : message,
    remedy,
    values: {},
    at: { node: step.node },
  }
}

/** The steps under the names that they have in the run. */
function placeSteps(prepared: PreparedRun, { step: outer, item }: ItemRun): PreparedRun {
  const inner = new Set(prepared.steps.map(({ node }) => node))
  const rename = (node: string): string => (inner.has(node) ? itemStep(outer, item, node) : node)
  const steps = prepared.steps.map((step): RunStep => ({
    ...step,
    node: rename(step.node),
    place: `${outer.place}/${step.place}`,
    isForced: outer.isForced,
    needs: step.needs.map(rename),
    inputs: Object.fromEntries(
      Object.entries(step.inputs).map(([port, input]) => [
        port,
        { ...input, from: input.from.map((source) => ({ ...source, node: rename(source.node) })) },
      ]),
    ),
  }))
  const files = [...prepared.planOptions.files].map(([node, hashes]) => [rename(node), hashes] as const)
  return { ...prepared, steps, planOptions: { ...prepared.planOptions, steps, files: new Map(files) } }
}

const stepsAdded = ({ node }: RunStep, steps: readonly RunStep[]) => ({
  event: 'steps-added' as const,
  node,
  steps: steps.map((step) => ({
    node: step.node,
    type: step.definition.id,
    title: step.title,
    needs: step.needs,
  })),
})

/** What the declared outputs of the sub-pipeline gave; one that came to nothing is left out. */
function outputsOf(
  { expanded }: PreparedRun,
  plan: RunPlan,
  { subpipeline, step, item }: ItemRun,
): Record<string, { kind: 'table' | 'model' | 'report'; hash: string }> {
  const declared = Object.entries(subpipeline.outputs ?? {})
  return Object.fromEntries(
    declared.flatMap(([name, port]) => {
      const source = sourceOf(expanded.top, parsePort(port))
      const output = source && plan.outputsOf(itemStep(step, item, source.node))?.[source.port]
      if (!output || output.kind === 'rows' || output.kind === 'split') return []
      return [[name, { kind: output.kind, hash: output.hash }]]
    }),
  )
}
