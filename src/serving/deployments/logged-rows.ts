import type { Cell } from '../../contract/cell.ts'
import type { LoggedPrediction, LogFilter } from '../../contract/prediction-log-contract.ts'
import { clusterOutput } from '../../core/answer-names.ts'
import type { Feedback } from '../log/feedback-log.ts'
import type { LoggedModel, PredictionRecord } from '../log/prediction-record.ts'

/** Rows of one request that are shown at most. */
const mostRowsOfRequest = 100

export interface LogSurroundings {
  /** The classes of a model, in the order of its probabilities; null where they are not known. */
  classesOf: (model: LoggedModel) => readonly string[] | null
  feedbackOf: (predictionId: string) => Feedback | undefined
}

/** The rows of a logged request that a filter lets through, as they are shown. */
export function loggedRows(
  record: PredictionRecord,
  filter: LogFilter,
  surroundings: LogSurroundings,
): LoggedPrediction[] {
  if (!mayMatch(record, filter)) return []
  const found: LoggedPrediction[] = []
  const { rows } = record.inputs
  for (let row = 0; row < rows && found.length < mostRowsOfRequest; row++) {
    const shown = loggedRow(record, row, surroundings)
    if (isWanted(shown, filter)) found.push(shown)
  }
  return found
}

function mayMatch({ model, time }: PredictionRecord, filter: LogFilter): boolean {
  const { version, onlyFallback, from, to } = filter
  return (
    model.role !== 'shadow' &&
    (version === null || model.version === version) &&
    (!onlyFallback || model.role === 'fallback') &&
    (from === null || time >= from) &&
    (to === null || time <= to)
  )
}

function isWanted(shown: LoggedPrediction, { text, answer, onlyWithFeedback }: LogFilter): boolean {
  if (answer !== null && String(shown.answer) !== answer) return false
  if (onlyWithFeedback && shown.feedback === null) return false
  if (text === null || text === '') return true
  const wanted = text.toLowerCase()
  const { predictionId, requestId, traceId, inputs } = shown
  return [predictionId, requestId, traceId, shown.answer, ...Object.values(inputs)].some((value) =>
    String(value ?? '')
      .toLowerCase()
      .includes(wanted),
  )
}

/** A row of a logged request, as it is shown. */
export function loggedRow(
  record: PredictionRecord,
  row: number,
  surroundings: LogSurroundings,
): LoggedPrediction {
  const { model, time, latencySeconds, requestId, traceparent, predictionIds, inputs, outputs } = record
  const predictionId = predictionIds[row]!
  const at = (record.firstRow ?? 0) + row
  const column = outputs['label'] ?? outputs['value'] ?? outputs[clusterOutput]
  const answer = column?.[at] ?? null
  const feedback = surroundings.feedbackOf(predictionId)
  return {
    predictionId,
    at: time,
    model: model.model,
    version: model.version,
    isFallback: model.role === 'fallback',
    latencyMs: latencySeconds * 1_000,
    requestId,
    traceId: traceparent.split('-')[1] ?? null,
    row,
    rowsOfRequest: inputs.rows,
    inputs: Object.fromEntries(
      model.inputs.map(({ name, type }) => [name, shownValue(inputs.columns[name]![at]!, type)]),
    ),
    answer: typeof answer === 'number' && !Number.isFinite(answer) ? null : answer,
    probabilities: probabilitiesAt(record, at, surroundings.classesOf(model)),
    feedback: feedback
      ? {
          at: feedback.time,
          label: feedback.label ?? null,
          isRight: feedback.isRight ?? null,
          score: feedback.score ?? null,
          source: feedback.source ?? null,
          comment: feedback.comment ?? null,
        }
      : null,
  }
}

function probabilitiesAt(
  { outputs }: PredictionRecord,
  at: number,
  classes: readonly string[] | null,
): LoggedPrediction['probabilities'] {
  const values = outputs['probabilities']
  if (!values || !classes || classes.length === 0) return null
  return classes.map((name, index) => ({
    class: name,
    probability: Number(values[at * classes.length + index]),
  }))
}

function shownValue(value: number | string, type: LoggedModel['inputs'][number]['type']): Cell {
  if (typeof value === 'string') return value === '' ? null : value
  if (Number.isNaN(value)) return null
  switch (type) {
    case 'boolean':
      return value === 1
    case 'date':
    case 'datetime': {
      const date = new Date(value)
      if (Number.isNaN(date.getTime())) return null
      return type === 'date' ? date.toISOString().slice(0, 10) : date.toISOString()
    }
    case 'number':
    case 'integer':
    case 'text':
    case 'vector':
      return Number.isFinite(value) ? value : String(value)
  }
}
