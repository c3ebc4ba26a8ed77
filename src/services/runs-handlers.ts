import { runSummarySchema } from '../contract/run-event.ts'
import type { RunInfo, StepInfo } from '../contract/runs-contract.ts'
import { nearestName } from '../core/nearest-name.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { isNamed } from '../engine/compare-runs.ts'
import { describeReason, type Reason } from '../engine/explain-step.ts'
import type { RunRecord } from '../storage/runs.ts'
import type { StepRecord } from '../storage/steps.ts'
import { runError } from './errors.ts'
import { findRun, findRunsToCompare } from './find-run.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'
import { followRun } from './follow-run.ts'
import { readLogLines } from './run-logs.ts'
import { casesOfRun } from './testing/cases-of-run.ts'
import { requireTrust } from './trust.ts'

export function runsHandlers(services: Services) {
  const { runs } = implementation
  const host = () => hostOf(services)
  const find = (reference: string): RunRecord => findRun(host().workspace, reference)
  const reportsOf = async ({ outputs }: StepRecord) => {
    const { artifacts } = host().workspace
    const made = Object.entries(outputs).filter(([, { kind }]) => kind === 'report')
    const reports = made.map(
      async ([port, { hash }]) => [port, (await artifacts.read('report', hash)).data] as const,
    )
    return Object.fromEntries(await Promise.all(reports))
  }
  return {
    start: runs.start.handler(async ({ input, context }) => {
      const { document, parameters, trust, tied, ...scope } = input
      const source = { pipeline: parsePipeline(document.text), path: document.path, parameters }
      await requireTrust({ source, trust, services })
      const answer = await host().engine.startRun({ ...source, ...scope })
      if ('refused' in answer) return { outcome: 'refused', findings: answer.refused }
      followRun(answer.run, { host: host(), caller: tied ? context.caller : null })
      return { outcome: 'started', run: answer.run.id, findings: answer.findings }
    }),
    cancel: runs.cancel.handler(({ input }) => {
      const { id } = find(input.run)
      const running = host().engine.running(id)
      if (!running) throw runError('not-running', { run: id })
      running.cancel()
      return {}
    }),
    list: runs.list.handler(({ input }) => ({
      runs: host().workspace.tracking.runs.list(input).map(infoOf),
    })),
    get: runs.get.handler(({ input }) => {
      const record = find(input.run)
      const steps = host().workspace.tracking.steps.ofRun(record.id)
      return { run: infoOf(record), steps: steps.map(stepInfoOf) }
    }),
    document: runs.document.handler(({ input }) => ({ text: find(input.run).document })),
    step: runs.step.handler(async ({ input }) => {
      const record = find(input.run)
      const steps = host().workspace.tracking.steps.ofRun(record.id)
      const step = steps.find(({ nodeId }) => nodeId === input.node)
      if (!step) throw unknownNode(input.node, { run: record.id, nodes: steps.map(({ nodeId }) => nodeId) })
      return { run: infoOf(record), step: stepInfoOf(step), reports: await reportsOf(step) }
    }),
    events: runs.events.handler(async function* ({ input, signal }) {
      yield* host().engine.events(find(input.run).id, { after: input.after, ...(signal && { signal }) })
    }),
    logs: runs.logs.handler(async ({ input: { run, node, after } }) => {
      const [started] = host().workspace.tracking.events.after(find(run).id, 0, 1)
      const path = started?.['logFile']
      return typeof path === 'string'
        ? readLogLines(path, { after, node })
        : { lines: [], next: after, isEnd: true }
    }),
    tests: runs.tests.handler(async ({ input }) => {
      const record = find(input.run)
      const steps = host().workspace.tracking.steps.ofRun(record.id)
      const made = async (step: StepRecord) => Object.values(await reportsOf(step))
      return {
        run: infoOf(record),
        cases: await casesOfRun({ document: record.document, steps, reportsOf: made }),
      }
    }),
    why: runs.why.handler(({ input }) => {
      const record = find(input.run)
      const all = host().engine.why({ run: record.id })
      const steps = input.node === undefined ? all : all.filter(({ node }) => isNamed(node, input.node!))
      if (input.node !== undefined && steps.length === 0)
        throw unknownNode(input.node, { run: record.id, nodes: all.map(({ node }) => node) })
      return {
        run: infoOf(record),
        steps: steps.map(({ node, type, state, reasons }) => ({
          node,
          type,
          state,
          reasons: reasons.map((reason) => inWords(reason, state)),
        })),
      }
    }),
    compare: runs.compare.handler(({ input }) => {
      const ids = findRunsToCompare(host().workspace, input)
      const { before, after, parameters, metrics, steps } = host().engine.compare(ids)
      return {
        before: infoOf(before),
        after: infoOf(after),
        parameters: [...parameters],
        metrics: [...metrics],
        steps: steps.map(({ reasons, ...step }) =>
          Object.assign(step, { reasons: reasons.map((reason) => inWords(reason)) }),
        ),
      }
    }),
    reproduce: runs.reproduce.handler(async function* ({ input, signal }) {
      const record = find(input.run)
      yield { event: 'reproduction-started', run: infoOf(record) }
      const { threads } = input
      const work = host().engine.reproduce({
        run: record.id,
        ...(threads !== undefined && { threads }),
        ...(signal && { signal }),
      })
      host().work.track(work)
      yield { event: 'reproduction-finished', ...(await work) }
    }),
  }
}

function inWords(reason: Reason, state?: StepRecord['state']): { reason: Reason; text: string } {
  const isFirst = reason.kind === 'never-ran' && state === 'done'
  return { reason, text: isFirst ? 'ran for the first time' : describeReason(reason) }
}

function unknownNode(node: string, { run, nodes }: { run: string; nodes: readonly string[] }): Error {
  const near = nearestName(node, nodes)
  const hint = near ? `Did you mean “${near}”?` : 'See `pipewright runs show`.'
  return runError('unknown-node', { node, run, hint })
}

function stepInfoOf(step: StepRecord): StepInfo {
  const { nodeId, nodeType, state, startedAt, finishedAt, attempts, error, metrics, outputs } = step
  return { node: nodeId, type: nodeType, state, startedAt, finishedAt, attempts, error, metrics, outputs }
}

function infoOf(record: RunRecord): RunInfo {
  const { id, pipelineId, pipelineName, parameters, scope, status, startedAt, finishedAt, summary } = record
  return {
    id,
    pipelineId,
    pipelineName,
    parameters,
    scope,
    status,
    startedAt,
    finishedAt,
    summary: runSummarySchema.safeParse(summary).data ?? null,
  }
}
