import type { LabellingQueue, QueuedRow, Ranking } from '../../contract/labelling-contract.ts'
import { loggedRow } from '../../serving/deployments/logged-rows.ts'
import type { FeedbackIndex } from '../../serving/log/feedback-index.ts'
import type { LabellingCalls } from './labelling-messages.ts'
import { inputOf, newestRows, type AnsweredRow } from './newest-rows.ts'
import { noveltyOf, uncertaintyOf } from './rank-rows.ts'
import type { ModelReader } from './read-model.ts'
import { shadowDisagreements } from './shadow-answers.ts'
import { unlabelled } from './unlabelled.ts'

/** Rows without a label, those first that teach most. */
export async function buildQueue(
  { log, rankBy, limit, newest }: Parameters<LabellingCalls['queue']>[0],
  { index, models }: { index: FeedbackIndex; models: ModelReader },
): Promise<LabellingQueue> {
  const all = await newestRows(log.folder, newest)
  const rows = await unlabelled(all, index)
  const model = await models.data(log.model)
  const sketch = await models.sketch(log.model)
  const known = new Map<string, Awaited<ReturnType<ModelReader['data']>>>()
  for (const { record } of rows)
    if (!known.has(record.model.artifact))
      known.set(record.model.artifact, await models.data(record.model.artifact))
  const probabilitiesOf = ({ record, row }: AnsweredRow): number[] | null => {
    const width = known.get(record.model.artifact)?.target.classes?.length
    const values = record.outputs['probabilities']
    return width && values ? Array.from({ length: width }, (_, of) => Number(values[row * width + of])) : null
  }
  const disagreements = await shadowDisagreements(rows, { log, probabilitiesOf })
  const judged = rows.map((row, place) => {
    const probabilities = probabilitiesOf(row)
    const { target, threshold = 0.5 } = known.get(row.record.model.artifact) ?? {}
    const positive = target?.classes?.indexOf(target.positive ?? '') ?? -1
    const decision = target?.classes?.length === 2 && positive >= 0 ? { positive, threshold } : null
    return {
      row,
      decision: decision && { class: target!.classes![positive]!, threshold },
      reasons: {
        uncertainty: probabilities && uncertaintyOf(probabilities, decision),
        disagreement: disagreements[place]!,
        novelty: sketch && noveltyOf((name, isText) => inputOf(row, { name, isText }), sketch),
      },
    }
  })
  // The newest first where two are alike.
  const ranked = judged.toSorted((a, b) => scoreOf(b.reasons, rankBy) - scoreOf(a.reasons, rankBy))
  return {
    target: { name: model?.target.name ?? '', classes: model?.target.classes ?? null },
    shadows: log.shadows.map((each) => `${each.model}:${each.version}`),
    looked: all.length,
    labelled: all.length - rows.length,
    rows: ranked.slice(0, limit).map(({ row: { record, row }, decision, reasons }) => {
      const shown = loggedRow(record, row, {
        classesOf: ({ artifact }) => known.get(artifact)?.target.classes ?? null,
        feedbackOf: () => undefined,
      })
      const { predictionId, at, model: name, version, inputs, answer, probabilities } = shown
      return { predictionId, at, model: name, version, inputs, answer, probabilities, decision, reasons }
    }),
  }
}

function scoreOf({ uncertainty, disagreement, novelty }: QueuedRow['reasons'], rankBy: Ranking): number {
  switch (rankBy) {
    case 'uncertainty':
      return uncertainty ?? -1
    case 'disagreement':
      return disagreement?.score ?? -1
    case 'novelty':
      return novelty?.score ?? -1
  }
}
