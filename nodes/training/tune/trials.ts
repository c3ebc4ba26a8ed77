import type { Artifact } from '../../../src/core/artifacts.ts'
import type { ErrorReport } from '../../../src/core/errors.ts'
import type { Point } from '../../../src/learn/tuning/search-space.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { tune, TuneParams } from './definition.ts'

/** A point to be tried. */
export interface Trial {
  name: string
  point: Point
  /** How much of the resource it gets; null where there is none. */
  resource: number | null
}

export type TrialOutcome = Trial &
  ({ kind: 'done'; value: number; model: Artifact<'model'> } | { kind: 'failed'; error: ErrorReport })

/** Metrics of which less is better. */
const losses = /(^|_|\.)(log_?loss|loss|rmse|mae|mse|mape|error|brier_score|deviance)($|_)/

export const isMinimized = ({ direction, metric }: TuneParams): boolean =>
  direction === 'auto' ? losses.test(metric) : direction === 'minimize'

/** Runs the sub-pipeline with the values of a trial. */
export async function runTrial(
  context: ContextOf<typeof tune>,
  { table, params, trial }: { table: Artifact<'table'>; params: TuneParams; trial: Trial },
): Promise<TrialOutcome> {
  const { point, resource, name } = trial
  const outcome = await context.runItem({
    item: name,
    inputs: { [params.input]: table },
    parameters: {
      ...params.parameters,
      ...point,
      ...(resource !== null && { [params.resource.parameter]: resource }),
    },
  })
  if (outcome.kind === 'failed') return { ...trial, ...outcome }
  const model = outcome.outputs[params.modelOutput]
  const report = outcome.outputs[params.reportOutput]
  if (model?.kind !== 'model')
    return context.fail('no-output', { kind: 'model', output: params.modelOutput }, { param: 'modelOutput' })
  if (report?.kind !== 'report')
    return context.fail(
      'no-output',
      { kind: 'report', output: params.reportOutput },
      { param: 'reportOutput' },
    )
  const { metrics } = (report as Artifact<'report'>).data
  const value = metrics[params.metric]
  if (value === undefined)
    return context.fail(
      'no-metric',
      { metric: params.metric, metrics: Object.keys(metrics) },
      { param: 'metric' },
    )
  return { ...trial, kind: 'done', value, model: model as Artifact<'model'> }
}
