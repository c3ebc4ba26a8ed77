import type { DeploymentLog, LoggedAnswers } from '../../node-kit/prediction-logs.ts'
import type { LogState } from '../../storage/log-state.ts'
import { timeOfPredictionId } from '../prediction-id.ts'
import { readFeedback } from './feedback-log.ts'
import type { PredictionRecord } from './prediction-record.ts'
import { readPredictions } from './read-predictions.ts'

/** Reads the log of a deployment as far as it was written at a moment. */
export function openDeploymentLog({
  folder,
  ends,
}: Pick<LogState, 'folder' | 'ends'>): Pick<DeploymentLog, 'answers' | 'feedback'> {
  return {
    async *answers({ from = 0 } = {}) {
      for await (const { records } of readPredictions(folder, { from, ends }))
        for (const record of records) if (record.time >= from) yield answersOf(record)
    },
    async *feedback() {
      for await (const { feedback } of readFeedback(folder, { ends }))
        for (const each of feedback) yield { ...each, answeredAt: timeOfPredictionId(each.predictionId) }
    },
  }
}

function answersOf({
  model,
  time,
  latencySeconds,
  requestId,
  predictionIds,
  inputs,
  outputs,
}: PredictionRecord): LoggedAnswers {
  return {
    model: model.model,
    version: model.version,
    artifact: model.artifact,
    role: model.role,
    time,
    latencyMs: latencySeconds * 1_000,
    requestId,
    predictionIds,
    inputs: Object.fromEntries(
      model.inputs.map(({ name, type }) => [name, { type, values: inputs.columns[name]! }]),
    ),
    outputs,
  }
}
