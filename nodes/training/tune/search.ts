import { halvingRungs } from '../../../src/learn/tuning/halving-rungs.ts'
import {
  randomPoint,
  type Dimension,
  type Point,
  type SearchSpace,
} from '../../../src/learn/tuning/search-space.ts'
import { startupTrials, suggestPoint } from '../../../src/learn/tuning/tree-parzen.ts'
import type { CancelSignal } from '../../../src/node-kit/run-context.ts'
import { createRandom } from '../../../src/tables/random.ts'
import type { DimensionParams, TuneParams } from './definition.ts'
import { isMinimized, type Trial, type TrialOutcome } from './trials.ts'

/**
 * After the random ones, TPE asks for so many trials at once: what is asked next then follows from all of them, however
 * they are shared out among threads.
 */
const batch = 4

interface Searching {
  seed: number
  run: (trial: Trial) => Promise<TrialOutcome>
  onDone: (done: number, of: number) => void
}

/** All trials of a search, in their order. */
export async function search(
  params: TuneParams,
  { signal }: { signal: CancelSignal },
  searching: Searching,
): Promise<TrialOutcome[]> {
  const space: SearchSpace = new Map(params.space.map((each) => [each.parameter, dimensionOf(each)]))
  const runAll = allRunner(params, signal, searching)
  switch (params.method) {
    case 'random':
      return runAll(numbered(params.trials, (number) => randomPoint(space, drawFor(searching.seed, number))))
    case 'tpe':
      return searchByTpe(params, { space, runAll, seed: searching.seed })
    case 'halving':
      return searchByHalving(params, { space, runAll, seed: searching.seed })
  }
}

type RunAll = (trials: readonly Trial[]) => Promise<TrialOutcome[]>

/** The first error that no trial may have (a wrong output, a wrong metric) ends the search. */
function allRunner(params: TuneParams, signal: CancelSignal, { run, onDone }: Searching): RunAll {
  const of = totalTrials(params)
  let done = 0
  return (trials) =>
    Promise.all(
      trials.map(async (trial) => {
        signal.throwIfAborted()
        const outcome = await run(trial)
        onDone(++done, of)
        return outcome
      }),
    )
}

function totalTrials(params: TuneParams): number {
  if (params.method !== 'halving') return params.trials
  return rungsOf(params).reduce((sum, { points }) => sum + points, 0)
}

const rungsOf = ({ trials: points, resource: { least, most, factor } }: TuneParams) =>
  halvingRungs({ points, least, most, factor })

function dimensionOf(each: DimensionParams): Dimension {
  if (each.type === 'choice') return { type: 'choice', values: each.values }
  const { type, low, high, scale } = each
  return { type, low, high, scale }
}

const drawFor = (seed: number, number: number) => createRandom(seed, `trial ${number}`)

const numbered = (count: number, pointOf: (number: number) => Point, first = 1): Trial[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `trial ${first + index}`,
    point: pointOf(first + index),
    resource: null,
  }))

async function searchByTpe(
  params: TuneParams,
  { space, runAll, seed }: { space: SearchSpace; runAll: RunAll; seed: number },
): Promise<TrialOutcome[]> {
  const outcomes: TrialOutcome[] = []
  const sign = isMinimized(params) ? 1 : -1
  while (outcomes.length < params.trials) {
    const wanted = outcomes.length === 0 ? startupTrials : batch
    const count = Math.min(wanted, params.trials - outcomes.length)
    const tried = outcomes.flatMap((outcome) =>
      outcome.kind === 'done' ? [{ point: outcome.point, loss: sign * outcome.value }] : [],
    )
    const suggest = (number: number): Point => suggestPoint(space, tried, drawFor(seed, number))
    outcomes.push(...(await runAll(numbered(count, suggest, outcomes.length + 1))))
  }
  return outcomes
}

async function searchByHalving(
  params: TuneParams,
  { space, runAll, seed }: { space: SearchSpace; runAll: RunAll; seed: number },
): Promise<TrialOutcome[]> {
  const outcomes: TrialOutcome[] = []
  const sign = isMinimized(params) ? 1 : -1
  let left: { name: string; point: Point }[] = numbered(params.trials, (number) =>
    randomPoint(space, drawFor(seed, number)),
  )
  for (const { points, resource } of rungsOf(params)) {
    const round = left.slice(0, points).map(({ name, point }): Trial => ({
      name: `${name.replace(/ with .*$/, '')} with ${resource}`,
      point,
      resource,
    }))
    const found = await runAll(round)
    outcomes.push(...found)
    left = found.filter((outcome) => outcome.kind === 'done').toSorted((a, b) => sign * (a.value - b.value))
    if (left.length === 0) break
  }
  return outcomes
}
