import type { Artifact, ModelData, TableData } from '../../../src/core/artifacts.ts'
import type { Folds } from '../../../src/learn/folds/folds.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { refitRecipe } from '../../../src/recipe/refit-recipe.ts'
import { scratchArtifacts } from '../../scratch-artifacts.ts'
import { writeReport } from '../../write-report.ts'
import { withChosenTraining } from '../chosen-training.ts'
import { learnModel, packModel, tableFor, type Training } from '../learn-model.ts'
import { learningTable } from '../learning-table.ts'
import { writeModel } from '../write-model.ts'
import { chooseFolds } from './choose-folds.ts'
import { crossValidate, type CrossValidateParams } from './definition.ts'
import { foldReport, type FoldOutcome } from './fold-report.ts'
import { answerHeldOut, joinAnswers } from './held-out-answers.ts'
import { tableOfFold, usableRows, withTrainRows } from './usable-rows.ts'

type Context = ContextOf<typeof crossValidate>

export const run = defineRun(crossValidate, async ({ table }, params, context) => {
  const scratch: Context = { ...context, artifacts: scratchArtifacts(context) }
  const rows = await usableRows(scratch, table.data)
  const usable = { hash: table.hash, data: await withTrainRows(scratch, table.data, rows) }
  const report = await withChosenTraining(
    scratch,
    { choice: params.learner, table: usable.data },
    (training) => validate(scratch, { usable, rows, params, training }),
  )
  return { report: await writeReport(context, report) }
})

interface Work<Params, Model> {
  /** The table with the usable rows as its train rows. */
  usable: Pick<Artifact<'table'>, 'hash' | 'data'>
  rows: Uint32Array
  params: CrossValidateParams
  training: Training<Params, Model>
}

async function validate<Params, Model>(context: Context, work: Work<Params, Model>) {
  const { usable, rows, params, training } = work
  const { target } = await learningTable(context, usable.data, { task: training.task, classWeight: 'none' })
  const folds = await chooseFolds(context, usable.data, { target, params })
  const told = new Set<string>()
  const outcomes: (FoldOutcome & { target: ModelData['target'] })[] = []
  for (let fold = 0; fold < folds.count; fold++)
    outcomes.push(await runFold(contextOfFold(context, { fold, folds, told }), work, { rows, folds, fold }))
  const classes = target.task === 'regression' ? [] : target.classes
  const { positive } = outcomes[0]!.target
  return foldReport({
    learner: JSON.parse(JSON.stringify(params.learner)) as Parameters<typeof foldReport>[0]['learner'],
    method: params.method,
    target: target.column,
    folds: outcomes,
    joined: joinAnswers(
      outcomes.map(({ answers }) => answers),
      { classes, positive },
    ),
  })
}

async function runFold<Params, Model>(
  context: Context,
  { usable, training }: Work<Params, Model>,
  place: { rows: Uint32Array; folds: Folds; fold: number },
): Promise<FoldOutcome & { target: ModelData['target'] }> {
  const { table: unfitted, isHeldOut } = await tableOfFold(context, usable.data, place)
  const stage = (from: number, to: number): Context => partOfProgress(context, { from, to })
  const data: TableData = await refitRecipe(stage(0, 0.2), unfitted, { rows: 'train' })
  const table = { hash: usable.hash, data }
  const learning = await tableFor(context, data, training)
  const learned = await learnModel(stage(0.2, 0.9), learning, training)
  for (const warning of learned.fitted.warnings) context.log('warning', warning)
  const packed = packModel(table, training, { learned })
  const model = await writeModel(context, { ...packed, sketch: {} })
  const answers = await answerHeldOut(context, model, { table: data, rows: isHeldOut })
  const { train, validation } = data.split!.counts
  const heldOut = answers.rows.actual.length
  return { rows: { train, validation, heldOut }, answers, target: packed.data.target }
}

/** Tells of each fold as a part of the whole, and each warning once. */
function contextOfFold(
  context: Context,
  { fold, folds, told }: { fold: number; folds: Folds; told: Set<string> },
): Context {
  const within = partOfProgress(context, { from: fold / folds.count, to: (fold + 1) / folds.count })
  return {
    ...within,
    progress: ({ share, note }) =>
      within.progress({
        ...(share !== undefined && { share }),
        note: `fold ${fold + 1} of ${folds.count}${note === undefined ? '' : `: ${note}`}`,
      }),
    log(level, message, values) {
      if (told.has(message)) return
      told.add(message)
      context.log(level, message, values)
    },
  }
}

function partOfProgress(context: Context, { from, to }: { from: number; to: number }): Context {
  return {
    ...context,
    progress: (progress) =>
      context.progress({
        ...progress,
        ...(progress.share !== undefined && { share: from + (to - from) * progress.share }),
      }),
  }
}
