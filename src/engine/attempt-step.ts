import { join } from 'node:path'
import { PipewrightError, reportOf } from '../core/errors.ts'
import { secretVariable } from '../core/secret-reference.ts'
import type { Ports } from '../node-kit/define-node.ts'
import type { Share } from './budget.ts'
import { openItemCalls, type ItemCalls } from './item-calls.ts'
import type { LendableShare } from './lend-share.ts'
import { engineError } from './errors.ts'
import { lostWorkerError } from './lost-worker.ts'
import type { Decision } from './plan-run.ts'
import type { StepNote } from './run-events.ts'
import type { StepSurroundings } from './step-surroundings.ts'
import { inPlainWords } from './system-error.ts'
import type { JobOrder } from './step-worker.ts'
import type { Job, JobEnd, JobOutput } from './worker-protocol.ts'

/** How one try at a step ended. */
export type Attempt = Exclude<JobEnd, { kind: 'probed' }>
export type FailedAttempt = Attempt & { kind: 'failed' }

/** More notes of one step go to the log alone. */
const maximumNotes = 100

/** Has a worker run a step once; adds notes of the runner to `notes`, failed steps of its items to `failedItems`. Never rejects. */
export async function attemptStep(options: {
  decision: Decision
  run: StepSurroundings
  share: LendableShare
  /** A folder of this attempt's own. */
  folder: string
  notes: StepNote[]
  failedItems: string[]
}): Promise<Attempt> {
  const { decision, run } = options
  const problems: unknown[] = []
  const items = openItemCalls({ ...options, step: decision.step })
  try {
    const end = await run.pool.run(orderOf({ ...options, items }, problems), { code: run.code() })
    if (problems.length > 0) throw problems[0]
    if (end.kind === 'lost') throw lostWorkerError(end)
    if (end.kind === 'probed') throw new TypeError('a run was answered like a probe')
    // A runner that met half a file may have failed over it in words of its own.
    if (end.kind !== 'cancelled') await requireSameFiles(decision, run)
    if (end.kind === 'done') requireOutputs(decision, end.outputs)
    if (end.kind === 'failed')
      return { ...end, error: { ...end.error, at: { ...end.error.at, node: decision.step.node } } }
    return end
  } catch (thrown) {
    return failedAttempt(decision, thrown)
  } finally {
    await items.close()
  }
}

/** A failure that the host found, not the runner. */
export function failedAttempt({ step }: Decision, problem: unknown): FailedAttempt {
  const thrown = inPlainWords(problem)
  const error = reportOf(thrown)
  return {
    kind: 'failed',
    error: { ...error, at: { ...error.at, node: step.node } },
    retryable: thrown instanceof PipewrightError && thrown.retryable,
    details: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem),
    outputs: {},
    written: [],
    metrics: {},
  }
}

function orderOf(
  { decision, run, share, folder, notes, items }: Parameters<typeof attemptStep>[0] & { items: ItemCalls },
  problems: unknown[],
): JobOrder {
  const { node, definition } = decision.step
  const { journal, log } = run
  return {
    job: jobOf({ decision, run, share, folder }),
    signal: run.signal,
    onProgress: (progress) => journal.progress({ event: 'step-progress', node, ...progress }),
    onNote(note) {
      log.write(node, `${note.level}: ${note.message}`)
      if (notes.length === maximumNotes) return
      notes.push(note)
      try {
        journal.note({ events: [{ event: 'step-note', node, ...note }] })
      } catch (problem) {
        problems.push(problem)
      }
    },
    onOutput: (text) => log.write(node, text),
    calls: {
      'models.register'(request) {
        // Reproducing a run leaves sinks out, so that nothing is registered by it.
        if (definition.effect !== 'sink') throw new TypeError('a node that registers models must be a sink')
        return journal.register(request, run.metricsFor(node))
      },
      'models.resolve': (request) => journal.resolve(request),
      'deployments.apply'(request) {
        if (definition.effect !== 'sink')
          throw new TypeError('a node that wishes for an endpoint must be a sink')
        return journal.deploy(request, node)
      },
      'retraining.apply'({ policy }) {
        if (definition.effect !== 'sink')
          throw new TypeError('a node that wishes for retraining must be a sink')
        return journal.retrain(policy, node)
      },
      'monitors.apply'(request) {
        if (definition.effect !== 'sink')
          throw new TypeError('a node that wishes for a monitor must be a sink')
        return journal.watch(request)
      },
      'secrets.read': ({ name }) => readSecret(decision, { name, run }),
      'items.run': items.run,
    },
  }
}

async function readSecret(
  { step }: Decision,
  { name, run }: { name: string; run: StepSurroundings },
): Promise<{ value: string }> {
  if (!JSON.stringify(step.params).includes(JSON.stringify(`secret:${name}`)))
    throw new TypeError('a step reads only secrets that its parameters name')
  const value = await run.readSecret(name)
  if (value === null) throw engineError('unknown-secret', { name, variable: secretVariable(name) })
  return { value }
}

function jobOf(options: { decision: Decision; run: StepSurroundings; share: Share; folder: string }): Job {
  const { decision, run, share, folder } = options
  const { step, ingredients } = decision
  const { id, failures } = step.definition
  return {
    kind: 'run',
    node: step.place,
    type: id,
    params: step.params,
    failures,
    inputs: Object.fromEntries(
      Object.entries(ingredients.inputs).map(([port, arrived]) => {
        const { many, kind } = step.inputs[port]!
        return [port, { many, kind, hashes: arrived.map(({ hash }) => hash) }]
      }),
    ),
    feeds: Object.fromEntries(Object.entries(ingredients.feeds).filter(([port]) => step.inputs[port]!.many)),
    ...(step.logs && { logs: step.logs }),
    failed: run.failedBefore(step),
    seed: run.seed,
    threads: share.threads,
    memoryMb: share.memoryMb,
    folders: {
      artifacts: run.artifactRoots,
      staging: folder,
      work: join(folder, 'work'),
      base: run.baseFolder,
    },
  }
}

function requireOutputs({ step }: Decision, outputs: Readonly<Record<string, JobOutput>>): void {
  const { id: type, outputs: ports } = step.definition
  for (const [port, { type: kind, conditional }] of Object.entries(ports as Ports))
    if (outputs[port]?.kind !== kind && !(conditional && outputs[port] === undefined))
      throw engineError('missing-output', { type, kind, port })
}

/** A file that changed between the making of the key and the end of reading gave a result of neither content. */
async function requireSameFiles({ step, ingredients }: Decision, run: StepSurroundings): Promise<void> {
  const now = await run.hashFiles(step)
  for (const path of Object.keys({ ...ingredients.files, ...now }))
    if (now[path] !== ingredients.files[path])
      throw engineError('file-changed', { path }, { at: { node: step.node } })
}
