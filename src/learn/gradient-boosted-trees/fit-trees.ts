import { layOutBins } from '../histogram-trees/bin-layout.ts'
import { chooseBins } from '../histogram-trees/choose-bins.ts'
import { rememberChunks } from '../histogram-trees/remember-chunks.ts'
import { checkLearningTable } from '../check-learning-table.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningPart, LearningTable, TrainingCurve } from '../learner.ts'
import { createRandom } from '../../tables/random.ts'
import { selectAtRandom } from '../select-at-random.ts'
import { boostTree, lossSum, type BoostingRules } from './boost-tree.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import { openSession, type BoostingSession } from './boosting-session.ts'
import { boostingTarget, type BoostingTarget } from './boosting-target.ts'
import { earlyStopping } from './early-stopping.ts'
import { featuresNamed } from './features-named.ts'
import { importancesOf } from './importances.ts'
import type { BoostedTree, TreesModel } from './trees-model.ts'

/**
 * Boosts trees on the train rows (Friedman 2001; histograms and growth as in LightGBM, Ke et al. 2017). Equal tables,
 * parameters and seeds give equal models, bit for bit, on any number of threads.
 */
export async function fitTrees(
  given: LearningTable,
  parameters: BoostingParameters,
  run: FitRun,
): Promise<Fitted<TreesModel>> {
  checkLearningTable(given)
  const table = rememberChunks(given)
  const categorical = featuresNamed(table, parameters.categorical ?? [])
  featuresNamed(table, [...(parameters.increasing ?? []), ...(parameters.decreasing ?? [])])
  const target = boostingTarget(table, parameters)
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'putting values into bins' })
  const bins = await chooseBins({ table, bins: parameters.bins, categorical, seed: run.seed, turn })
  const layout = layOutBins(bins)
  const empty: Boosted = { trees: [], curve: { metric: target.metric, train: [], validation: [] } }
  const boosted =
    layout.features.length === 0
      ? empty
      : await withSession({ table, target, bins, layout, parameters, run, turn }, (session) =>
          boost({
            session,
            target,
            rules: { ...parameters, bins, depth: parameters.depth ?? Infinity, turn },
            parameters,
            run,
          }),
        )
  const { link, bases } = target
  return {
    model: {
      link,
      features: table.features.length,
      bases,
      trees: boosted.trees,
      ...(categorical.size > 0 && { categorical: [...categorical] }),
    },
    importances: importancesOf(boosted.trees, {
      features: table.features.length,
      by: parameters.importance ?? 'gain',
    }),
    trainingCurve: boosted.curve,
    warnings: [],
  }
}

async function withSession<Outcome>(
  options: Parameters<typeof openSession>[0],
  use: (session: BoostingSession) => Promise<Outcome>,
): Promise<Outcome> {
  const session = await openSession(options)
  try {
    return await use(session)
  } finally {
    await session.team.close()
  }
}

interface Boosted {
  trees: BoostedTree[]
  curve: TrainingCurve
}

async function boost(options: {
  session: BoostingSession
  target: BoostingTarget
  rules: BoostingRules
  parameters: BoostingParameters
  run: FitRun
}): Promise<Boosted> {
  const { session, target, rules, parameters, run } = options
  const { trees: rounds, columnShare, earlyStoppingRounds: patience } = parameters
  const { validation } = session.task.plan.rows
  const curve: TrainingCurve = { metric: target.metric, train: [], validation: [] }
  const stopping = validation > 0 && patience > 0 ? earlyStopping(patience) : null
  const samples = rules.rowShare < 1 || columnShare < 1
  const trees: BoostedTree[] = []
  /** How many trees there were after each round that grew any. */
  const treesAfter: number[] = []
  for (let round = 0; round < rounds; round++) {
    chooseFeatures(session, { round, columnShare, seed: run.seed })
    const { grown, loss } = await boostRound(session, { rules, round, target })
    if (treesAfter.length > curve.train.length) curve.train.push(loss)
    const note = `growing tree ${round + 1} of ${rounds}, loss ${loss.toPrecision(4)}`
    run.progress({ share: round / rounds, note })
    if (grown.length === 0 && samples) continue
    if (grown.length === 0) break
    trees.push(...grown)
    treesAfter.push(trees.length)
    if (validation === 0) continue
    curve.validation.push(lossOf(session, target, 'validation'))
    if (stopping?.stopsAfter(curve.validation.at(-1)!)) break
  }
  if (treesAfter.length > curve.train.length) curve.train.push(lossOf(session, target, 'train'))
  const kept = stopping ? (treesAfter[stopping.bestRounds - 1] ?? 0) : trees.length
  return { trees: trees.slice(0, kept), curve }
}

/** One tree for each output, all from the scores before the round; and the loss then. */
async function boostRound(
  session: BoostingSession,
  { rules, round, target }: { rules: BoostingRules; round: number; target: BoostingTarget },
): Promise<{ grown: BoostedTree[]; loss: number }> {
  const { team, task } = session
  const grown: BoostedTree[] = []
  let loss = 0
  team.run('prepareRound', 0)
  for (let output = 0; output < task.plan.outputs; output++) {
    team.run('derive', 0, output)
    if (output === 0) loss = target.metricOf('train', lossSum(session, 'train'))
    const tree = await boostTree(session, rules, { round, output })
    if (tree) grown.push(tree)
  }
  return { grown, loss }
}

function lossOf(session: BoostingSession, target: BoostingTarget, part: LearningPart): number {
  const index = part === 'train' ? 0 : 1
  session.team.run('prepareRound', index)
  session.team.run('derive', index, 0)
  return target.metricOf(part, lossSum(session, part))
}

/** Draws the features that the trees of a round may use. */
function chooseFeatures(
  { task }: BoostingSession,
  { round, columnShare, seed }: { round: number; columnShare: number; seed: number },
): void {
  const { plan, memory } = task
  const places = plan.layout.features.length
  const wanted = new Uint8Array(memory.buffer, plan.at.placeWanted, places)
  if (columnShare === 1) {
    wanted.fill(1)
    return
  }
  const count = Math.max(1, Math.round(columnShare * places))
  const random = createRandom(seed, `features of tree ${round}`)
  wanted.fill(0)
  for (const place of selectAtRandom({ count, from: places, random })) wanted[place] = 1
}
