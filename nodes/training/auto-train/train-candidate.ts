import { PipewrightError, type ErrorReport } from '../../../src/core/errors.ts'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { TrainedPart } from '../../../src/learn/blend/blend.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import { withTargetTransform } from '../../../src/learn/target-transform/with-target-transform.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { withChosenTraining } from '../chosen-training.ts'
import { learnModel } from '../learn-model.ts'
import type { Candidate } from './candidates.ts'

/** A trained candidate with its answers for the validation rows. */
export interface TrainedCandidate extends Candidate {
  part: TrainedPart
  answers: Float32Array | Float64Array
  importances: number[]
}

export type CandidateOutcome =
  | { kind: 'trained'; candidate: TrainedCandidate }
  /** It cannot take the table. */
  | { kind: 'failed'; name: string; error: ErrorReport }
  | { kind: 'left-out'; name: string }

/** Trains a candidate, as its own node would, and lets it answer for the validation rows. */
export async function trainCandidate(
  context: RunContext,
  work: { candidate: Candidate; table: TableData; learning: LearningTable },
): Promise<CandidateOutcome> {
  const { candidate, table, learning } = work
  try {
    const trained = await withChosenTraining(
      context,
      { choice: candidate.choice, table },
      async (training) => {
        const { fitted } = await learnModel(context, learning, training)
        const learner = withTargetTransform(training.learner, training.params.targetTransform ?? 'none')
        const part: TrainedPart = {
          predict: (chunk) => learner.predict(fitted.model, chunk),
          emit: (builder, matrix) => learner.emit(builder, matrix, fitted.model),
        }
        return { part, importances: fitted.importances, answers: await answersFor(context, learning, part) }
      },
    )
    return { kind: 'trained', candidate: { ...candidate, ...trained } }
  } catch (error) {
    if (!(error instanceof PipewrightError) || error.kind !== 'user') throw error
    return { kind: 'failed', name: candidate.name, error: error.toReport() }
  }
}

async function answersFor(
  context: RunContext,
  { chunks, rows, target }: Pick<LearningTable, 'chunks' | 'rows' | 'target'>,
  part: TrainedPart,
): Promise<Float32Array | Float64Array> {
  const width = target.task === 'regression' ? 1 : target.classes.length
  const answers =
    target.task === 'regression'
      ? new Float64Array(rows.validation)
      : new Float32Array(rows.validation * width)
  let at = 0
  for await (const chunk of chunks('validation')) {
    context.signal.throwIfAborted()
    answers.set(part.predict(chunk), at)
    at += chunk.rows * width
  }
  return answers
}
