import type { Artifact, ReportData } from '../../../src/core/artifacts.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { sha256OfText } from '../../../src/files/sha256.ts'
import { blend, type BlendModel } from '../../../src/learn/blend/blend.ts'
import { chooseWeights } from '../../../src/learn/blend/choose-weights.ts'
import type { Learner, LearningTable } from '../../../src/learn/learner.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { packModel, targetOf } from '../learn-model.ts'
import { learningTable, targetKind } from '../learning-table.ts'
import { sketchInputs } from '../sketch-inputs.ts'
import { warnOfLeaks } from '../warn-of-leaks.ts'
import { writeModel } from '../write-model.ts'
import { candidatesFor, type Candidate } from './candidates.ts'
import { autoTrain, type AutoTrainParams } from './definition.ts'
import { lossOf, rankingMetric, type RankingMetric } from './loss.ts'
import { trainCandidate, type CandidateOutcome, type TrainedCandidate } from './train-candidate.ts'

type Context = ContextOf<typeof autoTrain>

export const run = defineRun(autoTrain, async ({ table }, params, context) => {
  const task = params.task === 'auto' ? await targetKind(context, table.data) : params.task
  const learning = await learningTable(context, table.data, { task, classWeight: params.classWeight })
  await warnOfLeaks(context, { table: table.data, learning })
  const outcomes = await trainAll(context, {
    candidates: candidatesFor(task, params),
    table,
    learning,
    params,
  })
  const metric = rankingMetric(learning, params)
  const ranked = rank(outcomes, learning, metric)
  if (ranked.length === 0) {
    const failed = outcomes.find((outcome) => outcome.kind === 'failed')
    return context.fail('none-trained', { problem: failed?.error.message ?? 'the time was up' })
  }
  const weights = weightsOf(ranked, { learning, metric, params })
  return {
    model: await packBlend(context, { table, learning, ranked, weights, params }),
    report: await writeReport(context, reportOf({ outcomes, ranked, weights, metric, learning })),
  }
})

async function trainAll(
  context: Context,
  work: {
    candidates: readonly Candidate[]
    table: Artifact<'table'>
    learning: LearningTable
    params: AutoTrainParams
  },
): Promise<CandidateOutcome[]> {
  const { candidates, table, learning, params } = work
  const end = performance.now() + (params.budgetMinutes ?? Infinity) * 60_000
  const outcomes: CandidateOutcome[] = []
  for (const [index, candidate] of candidates.entries()) {
    // However short the time, something is to come out.
    const hasModel = outcomes.some(({ kind }) => kind === 'trained')
    if (hasModel && performance.now() >= end) {
      outcomes.push({ kind: 'left-out', name: candidate.name })
      continue
    }
    const own: Context = {
      ...context,
      progress: ({ share = 0, note = '' }) =>
        context.progress({ share: (index + share) / candidates.length, note: `${candidate.name}: ${note}` }),
    }
    outcomes.push(await trainCandidate(own, { candidate, table: table.data, learning }))
  }
  const leftOut = outcomes.filter(({ kind }) => kind === 'left-out').length
  if (leftOut > 0)
    context.log('warning', 'The time was up before {count} of {total} candidates were begun.', {
      count: leftOut,
      total: candidates.length,
    })
  return outcomes
}

interface Ranked extends TrainedCandidate {
  value: number
  loss: number
}

/** The best first. */
function rank(
  outcomes: readonly CandidateOutcome[],
  learning: LearningTable,
  metric: RankingMetric,
): Ranked[] {
  const measure = lossOf(learning, metric)
  return outcomes
    .flatMap((outcome) =>
      outcome.kind === 'trained'
        ? [Object.assign(outcome.candidate, measure(outcome.candidate.answers))]
        : [],
    )
    .toSorted((a, b) => a.loss - b.loss)
}

function weightsOf(
  ranked: readonly Ranked[],
  { learning, metric, params }: { learning: LearningTable; metric: RankingMetric; params: AutoTrainParams },
): number[] {
  if (!params.blend) return ranked.map((_, place) => (place === 0 ? 1 : 0))
  const measure = lossOf(learning, metric)
  return chooseWeights(
    ranked.map(({ answers }) => answers),
    (answers) => measure(answers).loss,
  )
}

async function packBlend(
  context: Context,
  work: {
    table: Artifact<'table'>
    learning: LearningTable
    ranked: readonly Ranked[]
    weights: readonly number[]
    params: AutoTrainParams
  },
): Promise<Artifact<'model'>> {
  const { table, learning, ranked, weights, params } = work
  const chosen = ranked.flatMap((candidate, place) =>
    weights[place]! > 0 ? [{ candidate, weight: weights[place]! }] : [],
  )
  const model: BlendModel = {
    task: learning.target.task === 'regression' ? 'numbers' : 'classes',
    parts: chosen.map(({ candidate, weight }) => ({ weight, part: candidate.part })),
  }
  const learner: Learner<object, BlendModel> = {
    ...blend,
    type: 'blend',
    tasks: ['binary', 'multiclass', 'regression'],
    fit: () => Promise.reject(new TypeError('a blend is chosen, not fitted')),
  }
  const described = { parts: chosen.map(({ candidate, weight }) => ({ learner: candidate.choice, weight })) }
  const sketch = await sketchInputs(context, table.data)
  const { bytes, data } = packModel(
    table,
    { learner, task: model.task === 'numbers' ? 'regression' : 'classification', params: described },
    {
      learned: {
        learning,
        target: targetOf(learning, params.positiveClass),
        fitted: {
          model: { model, power: null },
          importances: blendedImportances(chosen, learning.features.length),
          trainingCurve: { metric: '', train: [], validation: [] },
          warnings: [],
        },
      },
      metadata: { 'pipewright.sketch': sha256OfText(canonicalJson(sketch)) },
    },
  )
  // A blend has no loss by iteration.
  delete data.trainingCurve
  return writeModel(context, { data, bytes, sketch })
}

function blendedImportances(
  chosen: readonly { candidate: Ranked; weight: number }[],
  features: number,
): number[] {
  return Array.from({ length: features }, (_, feature) =>
    chosen.reduce((sum, { candidate, weight }) => sum + weight * candidate.importances[feature]!, 0),
  )
}

function reportOf(parts: {
  outcomes: readonly CandidateOutcome[]
  ranked: readonly Ranked[]
  weights: readonly number[]
  metric: RankingMetric
  learning: LearningTable
}): ReportData {
  const { outcomes, ranked, weights, metric, learning } = parts
  const measure = lossOf(learning, metric)
  const blended = ranked[0]!.answers.map((_, index) =>
    ranked.reduce((sum, { answers }, place) => sum + weights[place]! * answers[index]!, 0),
  )
  const content = {
    metric,
    leaderboard: ranked.map(({ name, choice, value }, place) => ({
      name,
      learner: choice,
      value,
      weight: weights[place]!,
    })),
    failed: outcomes.flatMap((outcome) =>
      outcome.kind === 'failed' ? [{ name: outcome.name, problem: outcome.error.message }] : [],
    ),
    leftOut: outcomes.flatMap((outcome) => (outcome.kind === 'left-out' ? [outcome.name] : [])),
    value: measure(blended).value,
  }
  return {
    type: 'leaderboard',
    metrics: { [`validation_${metric}`]: content.value, candidates: ranked.length },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}
