import type { Ports } from '../node-kit/define-node.ts'
import type { StepOutput, StepState } from '../storage/steps.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { Attempt, FailedAttempt } from './attempt-step.ts'
import type { Decision } from './plan-run.ts'
import type { StepNote } from './run-events.ts'
import type { SourceRead, StepEntry } from './run-journal.ts'
import type { StepEnd } from './step-end.ts'
import type { StepSurroundings } from './step-surroundings.ts'
import type { JobOutput } from './worker-protocol.ts'

interface Times {
  run: StepSurroundings
  startedAt: number
  attempts: number
}

/** The record of a decided step. */
export function stepEntry(
  decision: Decision,
  { state, ...fields }: Partial<StepEntry> & { state: StepState },
): StepEntry {
  const { step, key, ingredients } = decision
  return {
    nodeId: step.node,
    nodeType: step.definition.id,
    state,
    key,
    ingredients,
    reason: decision.kind === 'cached' ? [decision.reason] : decision.reasons,
    startedAt: fields.startedAt ?? null,
    finishedAt: fields.finishedAt ?? null,
    error: fields.error ?? null,
    outputs: fields.outputs ?? {},
    metrics: fields.metrics ?? {},
    attempts: fields.attempts ?? 0,
  }
}

/** The record of a step that never came to be decided. */
export function undecidedEntry(node: string, type: string, state: 'skipped' | 'cancelled'): StepEntry {
  return {
    nodeId: node,
    nodeType: type,
    state,
    key: null,
    ingredients: null,
    reason: [],
    startedAt: null,
    finishedAt: Date.now(),
    error: null,
    outputs: {},
    metrics: {},
    attempts: 0,
  }
}

export async function writeDone(
  decision: Decision,
  options: Times & { attempt: Attempt & { kind: 'done' }; notes: readonly StepNote[] },
): Promise<StepEnd & { kind: 'done' }> {
  const { run, startedAt, attempts, attempt, notes } = options
  const { key, step } = decision
  const { metrics, effects } = attempt
  const finishedAt = Date.now()
  const durationMs = finishedAt - startedAt
  const outputs = withoutColumns(attempt.outputs)
  await run.journal.commit({
    step: stepEntry(decision, { state: 'done', startedAt, finishedAt, attempts, outputs, metrics }),
    result: {
      key,
      nodeType: step.definition.id,
      outputs,
      metrics,
      effects,
      notes,
      durationMs,
      createdAt: finishedAt,
    },
    artifacts: attempt.written,
    sources: sourcesRead(decision, attempt.outputs),
    event: { event: 'step-finished', node: step.node, outputs, metrics, effects, durationMs },
  })
  return { kind: 'done', outputs, metrics }
}

export async function writeFailed(
  decision: Decision,
  options: Times & { attempt: FailedAttempt },
): Promise<StepEnd & { kind: 'failed' }> {
  const { run, startedAt, attempts, attempt } = options
  const { error, metrics, written } = attempt
  const { node } = decision.step
  const finishedAt = Date.now()
  const outputs = withoutColumns(attempt.outputs)
  await run.journal.commit({
    step: stepEntry(decision, { state: 'failed', startedAt, finishedAt, attempts, error, outputs, metrics }),
    artifacts: written,
    sources: [],
    event: { event: 'step-failed', node, error, outputs, durationMs: finishedAt - startedAt },
  })
  return { kind: 'failed', error }
}

export function writeCancelled(
  decision: Decision,
  options: { run: StepSurroundings; startedAt: number | null; attempts: number },
): StepEnd & { kind: 'cancelled' } {
  const { run, startedAt, attempts } = options
  const { node } = decision.step
  run.journal.note({
    steps: [stepEntry(decision, { state: 'cancelled', startedAt, finishedAt: Date.now(), attempts })],
    events: [{ event: 'step-cancelled', node }],
  })
  return { kind: 'cancelled' }
}

function withoutColumns(outputs: Readonly<Record<string, JobOutput>>): Record<string, StepOutput> {
  return Object.fromEntries(
    Object.entries(outputs).map(([port, { kind, hash, rows }]) => [
      port,
      { kind, hash, ...(rows !== undefined && { rows }) },
    ]),
  )
}

/** A source that reads files or logs gives a data version: its first table, by what its parameters name. */
function sourcesRead(
  { step, ingredients }: Decision,
  outputs: Readonly<Record<string, JobOutput>>,
): readonly SourceRead[] {
  const logs = Object.entries(ingredients.logs ?? {}).map(
    ([name, hash]) => [`log of “${name}”`, hash] as const,
  )
  const read = [...Object.entries(ingredients.files), ...logs]
  const port = Object.entries(step.definition.outputs as Ports).find(([, { type }]) => type === 'table')?.[0]
  const table = port === undefined ? undefined : outputs[port]
  if (read.length === 0 || !table) return []
  const hashes = read.map(([, hash]) => hash)
  return [
    {
      source: read.map(([name]) => name).join(', '),
      contentHash: hashes.length === 1 ? hashes[0]! : sha256OfText(hashes.join('\n')),
      table,
    },
  ]
}
