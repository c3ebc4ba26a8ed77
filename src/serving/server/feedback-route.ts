import { z } from 'zod'
import { explainIssues } from '../../core/explain-issues.ts'
import type { FeedbackLog } from '../log/feedback-log.ts'
import { labelProblem } from '../log/label-problem.ts'
import { readPredictionId } from '../prediction-id.ts'
import type { ServingState } from './serving-state.ts'
import { serverError } from './errors.ts'
import { failureBody } from './failure-body.ts'
import type { ModelRoute } from './model-route.ts'
import { parseJson } from './parse-json.ts'

/** What a caller says about a prediction; one of `label`, `isRight` (or `right`) and `score` at least. */
const saidSchema = z.strictObject({
  predictionId: z.string().max(100),
  label: z.union([z.string().max(1_000), z.number(), z.boolean()]).optional(),
  isRight: z.boolean().optional(),
  right: z.boolean().optional(),
  score: z.number().min(0).max(1).optional(),
  source: z.string().max(200).optional(),
  comment: z.string().max(10_000).optional(),
})

const mostBytes = 64 * 1024

/** `POST /feedback`: answered once it is written. Also for predictions whose record is lost. */
export function feedbackRoute(parts: {
  state: () => ServingState | null
  feedback: () => FeedbackLog
  secret: string
}): ModelRoute {
  return {
    name: 'feedback',
    method: 'POST',
    url: '/feedback',
    plane: 'model',
    access: 'token',
    accepts: ['application/json'],
    mostBytes,
    mostAtOnce: 256,
    failure: failureBody,
    async act(request, reply) {
      const state = parts.state()
      if (!state) throw serverError('stopping')
      const checked = explainIssues(saidSchema, parseJson(request.body), 'field')
      if (!checked.success) throw serverError('bad-feedback', { problem: checked.explanations[0]!.message })
      const { right, isRight = right, ...said } = checked.data
      if (right !== undefined && right !== isRight)
        throw serverError('bad-feedback', { problem: '“right” and “isRight” say different things.' })
      if (said.label === undefined && isRight === undefined && said.score === undefined)
        throw serverError('bad-feedback', { problem: 'There is no label, no “isRight” and no score.' })
      const origin = readPredictionId(said.predictionId, parts.secret)
      if (origin?.deployment !== state.configuration.deployment) throw serverError('unknown-prediction')
      const answering = state.versions.filter(({ role }) => role !== 'shadow')
      const problem = labelProblem(
        said.label,
        answering.map(({ target }) => target.classes ?? null),
      )
      if (problem !== null) throw serverError('bad-feedback', { problem })
      const judged = isRight === undefined ? {} : { isRight }
      await parts.feedback().append({ ...said, ...judged, time: Date.now() })
      return reply.code(202).send({ accepted: true })
    },
  }
}
