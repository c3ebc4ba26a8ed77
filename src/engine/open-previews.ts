import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Finding } from '../core/finding.ts'
import { graphOf, type Graph } from '../core/graph.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition, Ports } from '../node-kit/define-node.ts'
import type { ResultRecord } from '../storage/results.ts'
import type { StepOutput, StepRecord } from '../storage/steps.ts'
import type { EngineParts } from './engine-parts.ts'
import type { PipelineSource } from './pipeline-source.ts'
import { createPlan, planRun, type PlanOptions } from './plan-run.ts'
import { checkSource, prepareRun, type CheckedSource } from './prepare-run.ts'
import { removeFolder } from './remove-folder.ts'
import { openReproductionJournal } from './reproduction-journal.ts'
import type { RunJournal } from './run-journal.ts'
import type { RunLog } from './run-log.ts'
import { runPipeline } from './run-pipeline.ts'
import { createRunTally } from './run-tally.ts'
import { sampleSources, type JoinKeys } from './sample-sources.ts'
import { surroundSteps } from './step-surroundings.ts'

/** What a step gives for a sample of the data, or that it failed. */
export interface PreviewedStep {
  node: string
  outputs: Readonly<Record<string, StepOutput>>
  /** False where the sample is all there is. */
  isSample: boolean
}

/** Runs what comes before learners on a sample, beside the workspace: nothing of it is a result of a run. */
export interface Previews {
  /** Tells of each step as it has ended. Rejects with the signal's reason when cancelled. */
  preview(
    source: PipelineSource,
    options: { signal: AbortSignal; onStep: (step: PreviewedStep) => void },
  ): Promise<void>
}

/** The artifacts of previews, in a folder that the next host of the workspace empties. */
const previewFolder = (staging: string): string => join(staging, 'previews')

/** Where whoever looks at previews finds their artifacts. */
export const previewStore = (staging: string): string => join(previewFolder(staging), 'artifacts')

/** Results that are remembered; after that all are forgotten, once nobody waits for one. */
const mostResults = 1_000

/** Larger files are read when somebody asks for a run; from then on they are previewed, too. */
const mostUnread = 100 * 2 ** 20

const noLog: RunLog = { file: '', write: () => {}, close: () => Promise.resolve() }

export function openPreviews(parts: EngineParts): Previews {
  const { paths, artifacts } = parts.workspace
  const folder = previewFolder(paths.staging)
  const results = new Map<string, ResultRecord>()
  let active = 0
  let last = 0

  const run = async (
    source: PipelineSource,
    { signal, onStep }: Parameters<Previews['preview']>[1],
  ): Promise<void> => {
    const check = await checkSource(parts, source, signal)
    const sampled = withSamples(check, parts.definitions)
    const graph = graphOf(sampled.pipeline)
    const to = previewable(graph, { check, sampled, definitions: parts.definitions })
    if (to.length === 0) return
    const prepared = await prepareRun(parts, { pipeline: sampled.pipeline, path: source.path, to }, signal)
    if ('refused' in prepared) return
    const lookup = ({ key }: { key: string }) => results.get(key) ?? artifacts.cached(key)
    const planOptions = { ...prepared.planOptions, previous: new Map<string, StepRecord>(), lookup }
    if ((await bytesToRead(planOptions)) > mostUnread) return
    const staging = join(folder, `run-${++last}`)
    await mkdir(staging, { recursive: true })
    const tally = createRunTally()
    const store = openReproductionJournal({ workspace: parts.workspace, folder })
    const tell = telling({ sampled, graph, onStep })
    const journal: RunJournal = {
      ...store,
      note({ steps = [] }) {
        for (const { nodeId, state, outputs } of steps) if (state === 'cached') tell(nodeId, outputs)
      },
      async commit(entry) {
        await store.commit(entry)
        if (entry.result) results.set(entry.result.key, entry.result)
        // What it was made of may have been removed meanwhile.
        else results.clear()
        if (!signal.aborted) tell(entry.step.nodeId, entry.step.outputs)
      },
    }
    const plan = createPlan(planOptions)
    try {
      await runPipeline({
        plan,
        tally,
        steps: prepared.steps,
        skipped: [],
        run: surroundSteps(parts, prepared, {
          artifactRoots: [store.artifacts, paths.artifacts],
          staging,
          journal,
          log: noLog,
          signal,
          tally,
          runItem: () => Promise.reject(new TypeError('steps with items are not previewed')),
        }),
      })
    } finally {
      await removeFolder(staging)
    }
    signal.throwIfAborted()
  }
  return {
    async preview(source, options) {
      active++
      try {
        await run(source, options)
      } finally {
        active--
        if (active === 0 && results.size > mostResults) {
          results.clear()
          await removeFolder(folder)
        }
      }
    },
  }
}

type Outputs = PreviewedStep['outputs']

/** Tells of the steps that the user knows, and whether less than all of the data came to them. */
function telling(options: {
  sampled: Sampled
  graph: Graph
  onStep: (step: PreviewedStep) => void
}): (node: string, outputs: Outputs) => void {
  const { sampled, graph, onStep } = options
  const made = new Map<string, Outputs>()
  const isReduced = (node: string): boolean => {
    const port = sampled.samples.get(node)
    return port !== undefined && made.get(port.node)?.[port.port]?.hash !== made.get(node)?.['table']?.hash
  }
  return (node, outputs) => {
    made.set(node, outputs)
    if (!sampled.samples.has(node))
      onStep({ node, outputs, isSample: [...graph.ancestors(node)].some(isReduced) })
  }
}

/** Of files and logs that sources would read anew. */
async function bytesToRead(options: PlanOptions): Promise<number> {
  const planned = await planRun(options)
  const unread = planned.filter(({ kind }) => kind === 'run')
  const paths = unread.flatMap(({ node }) => Object.keys(options.files.get(node) ?? {}))
  const sizes = paths.map(async (path) => (await stat(resolve(options.baseFolder, path))).size)
  // What waits for its input may read its log, too.
  const open = planned.filter(({ kind }) => kind === 'run' || kind === 'wait')
  const nodes = new Set(open.map(({ node }) => node))
  const logs = options.steps
    .filter(({ node }) => nodes.has(node))
    .flatMap((step) => Object.values(step.logs ?? {}))
    .flatMap((state) => Object.values(state?.ends ?? {}))
  return [...(await Promise.all(sizes)), ...logs].reduce((sum, size) => sum + size, 0)
}

interface Sampled {
  pipeline: Pipeline
  samples: ReadonlyMap<string, { node: string; port: string }>
}

function withSamples(check: CheckedSource, definitions: EngineParts['definitions']): Sampled {
  const { pipeline } = check.live
  const typed = Object.entries(pipeline.nodes)
  const forSample = (id: string, node: Pipeline['nodes'][string]): Pipeline['nodes'][string] => {
    const params = check.params.has(id) && definitions.get(node.type)?.paramsForSample?.(check.params.get(id))
    return params ? { ...node, params: params as typeof node.params } : node
  }
  const nodes = Object.fromEntries(typed.map(([id, node]) => [id, forSample(id, node)]))
  const sources = typed.filter(([, { type }]) => definitions.get(type)?.effect === 'source')
  const joins = typed.filter(([node, { type }]) => type === 'features.join' && check.params.has(node))
  return sampleSources(
    // Its sub-pipelines stand in place, and nothing of how it is drawn matters.
    { ...pipeline, nodes, subpipelines: {}, parameters: {}, groups: {}, notes: {}, layout: {} },
    {
      sources: new Set(sources.map(([node]) => node)),
      shapes: check.shapes,
      joins: new Map(joins.map(([node]) => [node, check.params.get(node) as JoinKeys])),
    },
  )
}

/** Nodes before the first learner, without problems, and with nothing else before them. */
function previewable(
  graph: Graph,
  options: {
    check: CheckedSource
    sampled: Sampled
    definitions: EngineParts['definitions']
  },
): string[] {
  const { check, sampled, definitions } = options
  const hasError = new Set(
    check.findings.flatMap(({ severity, at }: Finding) => (severity === 'error' && at ? [at.node] : [])),
  )
  const found = new Set<string>()
  for (const node of graph.order) {
    const definition = definitions.get(sampled.pipeline.nodes[node]!.type)
    const isReached = graph.into(node).every(({ from }) => found.has(from.node))
    if (definition && isReached && !hasError.has(node) && preparesData(definition)) found.add(node)
  }
  return [...found]
}

const previewedStages = new Set(['ingestion', 'validation', 'features'])

function preparesData(definition: AnyNodeDefinition): boolean {
  const { id, effect, inputs, outputs } = definition
  const ports = [...Object.values(inputs as Ports), ...Object.values(outputs as Ports)]
  return (
    previewedStages.has(id.split('.')[0]!) &&
    effect !== 'sink' &&
    !definition.runsSubpipeline &&
    ports.every(({ type }) => type !== 'model')
  )
}
