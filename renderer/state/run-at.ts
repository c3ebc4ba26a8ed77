import { ownValue } from '../../src/core/own-value.ts'
import { parsePort, type Pipeline } from '../../src/core/pipeline.ts'
import type { RunView, StepOutputs, StepState, StepView } from './run-view.ts'
import { innerPipeline, pipelineAt, prefixOf, type Scope } from './scope.ts'

/** What matters most of several steps stands for all of them. */
const weight: readonly StepState[] = [
  'failed',
  'running',
  'queued',
  'cancelled',
  'waiting',
  'done',
  'cached',
  'skipped',
]

/** A run as it is seen from a scope: by the ids that nodes have there, with one step for each sub-pipeline. */
export function runAt(run: RunView, scope: Scope, document: Pipeline): RunView {
  const prefix = prefixOf(scope)
  const inside = run.order.filter((id) => id.startsWith(prefix))
  const isFlat = prefix === '' && !inside.some((id) => id.includes('/'))
  if (isFlat) return run
  const steps: Record<string, StepView> = {}
  const within = new Map<string, StepView[]>()
  for (const id of inside) {
    const step = run.steps[id]!
    const rest = id.slice(prefix.length)
    const slash = rest.indexOf('/')
    if (slash === -1) steps[rest] = step
    else {
      const outer = rest.slice(0, slash).replace(/\[.*$/, '')
      within.set(outer, [...(within.get(outer) ?? []), step])
    }
  }
  for (const [node, inner] of within)
    steps[node] ??= together(node, inner, outputsOf(node, { run, prefix, document }))
  return {
    ...run,
    steps,
    order: Object.keys(steps),
    document: run.document && pipelineAt(run.document, scope).pipeline,
  }
}

/** Several steps as one. */
function together(node: string, steps: readonly StepView[], outputs: StepOutputs): StepView {
  const state = weight.find((each) => steps.some((step) => step.state === each)) ?? 'waiting'
  const ended = steps.filter(
    ({ state: each }) => each !== 'waiting' && each !== 'queued' && each !== 'running',
  )
  const starts = steps.flatMap(({ startedAt }) => startedAt ?? [])
  return {
    ...steps.at(-1)!,
    node,
    state,
    share: state === 'running' ? ended.length / steps.length : null,
    rows: Object.values(outputs).find(({ rows }) => rows !== undefined)?.rows ?? null,
    note: null,
    outputs,
    metrics: {},
    error: steps.find(({ error }) => error !== null)?.error ?? null,
    startedAt: starts.length > 0 ? Math.min(...starts) : null,
    durationMs: steps.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
    notes: steps.flatMap(({ notes }) => notes),
    reasons: [],
  }
}

/** What a sub-pipeline gave: the outputs of the inner nodes that its own outputs name. */
function outputsOf(
  node: string,
  { run, prefix, document }: { run: RunView; prefix: string; document: Pipeline },
): StepOutputs {
  const inner = innerPipeline(document, node)?.pipeline
  return Object.fromEntries(
    Object.entries(inner?.outputs ?? {}).flatMap(([name, from]) => {
      const port = parsePort(from)
      const output = ownValue(run.steps, `${prefix}${node}/${port.node}`)?.outputs[port.port]
      return output ? [[name, output] as const] : []
    }),
  )
}
