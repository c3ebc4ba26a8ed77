import type { TestCase } from '../../contract/test-case.ts'
import type { ReportData } from '../../core/artifacts.ts'
import { didYouMean } from '../../core/nearest-name.ts'
import { parsePipeline } from '../../core/parse-pipeline.ts'
import type { Pipeline } from '../../core/pipeline.ts'
import type { StepRecord } from '../../storage/steps.ts'
import { casesOfReport } from './cases-of-report.ts'

interface TestedRun {
  /** The pipeline as it ran. */
  document: string
  steps: readonly StepRecord[]
  /** Those that a step has made, also one that failed. */
  reportsOf: (step: StepRecord) => Promise<readonly ReportData[]>
}

/** What a run says of the tests of its pipeline: its steps, what they check, its metrics, its pinned outputs. */
export async function casesOfRun({ document, steps, reportsOf }: TestedRun): Promise<TestCase[]> {
  const { checks = [], pins = {} } = parsePipeline(document)
  const ofSteps = await Promise.all(steps.map(async (step) => casesOfStep(step, await reportsOf(step))))
  const metrics = checks.filter((check) => 'node' in check)
  return [
    ...ofSteps.flat(),
    ...metrics.map((check) => metricCase(check, steps)),
    ...Object.entries(pins).map(([node, pin]) => pinCase({ node, ...pin }, steps)),
  ]
}

function casesOfStep(step: StepRecord, reports: readonly ReportData[]): TestCase[] {
  const listed = reports.flatMap((report) => casesOfReport(step.nodeId, report) ?? [])
  // What failed for one of these is told by it; anything else stands for itself.
  const isTold = step.state === 'failed' && listed.some(({ outcome }) => outcome === 'failed')
  return isTold ? listed : [stepCase(step), ...listed]
}

function stepCase({ nodeId, state, error, startedAt, finishedAt }: StepRecord): TestCase {
  const durationMs = startedAt !== null && finishedAt !== null ? finishedAt - startedAt : null
  const own = { suite: nodeId, name: 'runs to its end', durationMs }
  if (state === 'done' || state === 'cached') return { ...own, outcome: 'passed', message: null }
  if (state === 'skipped') return { ...own, outcome: 'skipped', message: 'It did not run.' }
  const message = error ? `${error.message} ${error.remedy}` : 'It did not come to its end.'
  return { ...own, outcome: 'failed', message }
}

/** `problem` says what was found instead; null where there is nothing to say. */
const caseOf = (suite: string, name: string, problem: string | null): TestCase => ({
  suite,
  name,
  outcome: problem === null ? 'passed' : 'failed',
  message: problem,
  durationMs: null,
})

type MetricCheck = Extract<NonNullable<Pipeline['checks']>[number], { node: string }>

function metricCase(check: MetricCheck, steps: readonly StepRecord[]): TestCase {
  const { node, metric, is, value } = check
  const metrics = new Map(Object.entries(steps.find(({ nodeId }) => nodeId === node)?.metrics ?? {}))
  const found = metrics.get(metric)
  const problem =
    found === undefined
      ? notMeasured(check, [...metrics.keys()])
      : holds(found, is, value)
        ? null
        : `It is ${found}.`
  return caseOf('checks', `${node}.${metric} ${is} ${value}`, problem)
}

function notMeasured({ node, metric }: MetricCheck, measured: readonly string[]): string {
  if (measured.length === 0) return `“${node}” has measured nothing.`
  return `“${node}” has not measured “${metric}”. ${didYouMean(metric, measured, `There are: ${measured.join(', ')}.`)}`
}

function holds(found: number, is: MetricCheck['is'], value: number): boolean {
  switch (is) {
    case '>=':
      return found >= value
    case '>':
      return found > value
    case '<=':
      return found <= value
    case '<':
      return found < value
    case '==':
      return found === value
  }
}

function pinCase(
  { node, port, artifact }: { node: string; port: string; artifact: string },
  steps: readonly StepRecord[],
): TestCase {
  const made = steps.find(({ nodeId }) => nodeId === node)?.outputs[port]
  const problem = made ? `It is ${made.hash}, and ${artifact} is pinned.` : 'It was not made.'
  return caseOf('pins', `${node}.${port} is the pinned one`, made?.hash === artifact ? null : problem)
}
