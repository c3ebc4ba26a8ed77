import type { Challenge, ChallengeRequest, Measurement } from '../contract/challenge.ts'
import type { Artifact, TableData } from '../core/artifacts.ts'
import { compareCodePoints } from '../core/compare-code-points.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readStartChunks } from '../tables/start-rows.ts'
import { answerTimes, packageBytes } from './answer-times.ts'
import { compareAnswers, modelAnswers, type ModelAnswers } from './challenge-answers.ts'
import { challengeRows, tableOrNull, type ChallengeRows } from './challenge-rows.ts'

const mostSlices = 20
const fewestInSlice = 30

interface Contest {
  champion: Artifact<'model'>
  challenger: Artifact<'model'>
  request: ChallengeRequest
  metric: string
}

/** Holds a challenger against the champion: on frozen test rows, on the newest labels, in time and in size. */
export async function challengeModels(context: RunContext, request: ChallengeRequest): Promise<Challenge> {
  const champion = await context.artifacts.read('model', request.champion)
  const challenger = await context.artifacts.read('model', request.challenger)
  const isNumber = challenger.data.task === 'regression'
  const contest: Contest = {
    champion,
    challenger,
    request,
    metric: request.metric ?? (isNumber ? 'mae' : 'log_loss'),
  }
  const frozen = await tableOrNull(context, request.frozen)
  const learned = await learnedTables(context, contest)
  const onFrozen = await measureOn(context, contest, {
    table: frozen?.data ?? null,
    learned,
    apart: frozen?.data ?? null,
    within: null,
    missing: 'the table that the first champion learned from is gone',
  })
  const newest = await newestTable(context, contest)
  const onNewest = await measureOn(context, contest, newest)
  const timed = newest.table ?? frozen?.data ?? null
  const [before, after] = timed
    ? await answerTimes(context, timed, [champion, challenger])
    : [{ p50Ms: 0, p99Ms: 0, answers: 0 } as const, { p50Ms: 0, p99Ms: 0, answers: 0 } as const]
  return {
    metric: contest.metric,
    frozen: onFrozen.measurement,
    newest: onNewest.measurement,
    slices: onNewest.rows ? await slicesOf(context, contest, onNewest) : [],
    latency: { champion: before, challenger: after },
    sizeBytes: {
      champion: await packageBytes(context, champion),
      challenger: await packageBytes(context, challenger),
    },
  }
}

async function learnedTables(context: RunContext, { champion, challenger }: Contest): Promise<TableData[]> {
  const hashes = new Set([champion.data.trainedOn, challenger.data.trainedOn])
  const tables = await Promise.all([...hashes].map((hash) => tableOrNull(context, hash)))
  return tables.flatMap((table) => table?.data ?? [])
}

interface Ground {
  table: TableData | null
  learned: readonly TableData[]
  apart: TableData | null
  within: TableData | null
  /** Why there is no table, in words. */
  missing: string
}

/**
 * Test rows of feedback came after all that anything learned from, unless the challenger's table was split anew after they
 * were put into it. Those of the challenger's own table may be rows that
 * the champion learned from.
 */
async function newestTable(context: RunContext, { champion, challenger, request }: Contest): Promise<Ground> {
  const given = await tableOrNull(context, request.newest)
  const own = await tableOrNull(context, challenger.data.trainedOn)
  if (given?.data.split && given.data.split.counts.test > 0)
    return { table: given.data, learned: [], apart: null, within: own?.data ?? null, missing: '' }
  const before = await tableOrNull(context, champion.data.trainedOn)
  return {
    table: own?.data ?? null,
    learned: before && own && before.hash !== own.hash ? [before.data] : [],
    apart: null,
    within: null,
    missing: 'the table that the challenger learned from is gone',
  }
}

interface Outcome {
  measurement: Measurement
  rows: ChallengeRows | null
  champion: ModelAnswers | null
  challenger: ModelAnswers | null
}

async function measureOn(context: RunContext, contest: Contest, ground: Ground): Promise<Outcome> {
  const { champion, challenger, metric, request } = contest
  const none = (reason: string): Outcome => ({
    measurement: { outcome: 'none', reason },
    rows: null,
    champion: null,
    challenger: null,
  })
  const { table } = ground
  if (!table) return none(ground.missing)
  const target = challenger.data.target.name
  const inputs = [...champion.data.signature.inputs, ...challenger.data.signature.inputs].map(
    ({ name }) => name,
  )
  const absent = inputs.filter((name) => !table.startColumns.some((column) => column.name === name))
  if (absent.length > 0)
    return none(`its table has no column ${absent.map((name) => `“${name}”`).join(', ')}`)
  if (!table.columns.some(({ name }) => name === target)) return none(`its table has no column “${target}”`)
  if (champion.data.target.name !== target)
    return none(`the champion answers with “${champion.data.target.name}”, the challenger with “${target}”`)
  const rows = await challengeRows(context, {
    ...ground,
    table,
    target,
    columns: [...new Set([...inputs, target])],
  })
  if (rows.places.length === 0)
    return none(
      rows.excluded > 0
        ? `all ${rows.excluded} test rows are among those that a model learned from`
        : 'there are no test rows with an answer',
    )
  const classes = classesOf(contest, rows)
  const answers = {
    champion: await modelAnswers(context, champion, { rows, classes }),
    challenger: await modelAnswers(context, challenger, { rows, classes }),
  }
  const { confidence, seed } = request
  const compared = compareAnswers(answers.champion, answers.challenger, { metric, confidence, seed })
  if (!compared) return none(`“${metric}” is not defined for these rows`)
  return { measurement: { outcome: 'measured', ...compared, excluded: rows.excluded }, rows, ...answers }
}

/** Also classes that only one of the models, or neither, knows. */
function classesOf({ champion, challenger }: Contest, { labels }: ChallengeRows): string[] | null {
  if (challenger.data.task === 'regression') return null
  const known = [
    ...(champion.data.target.classes ?? []),
    ...(challenger.data.target.classes ?? []),
    ...labels,
  ]
  return [...new Set(known)].toSorted(compareCodePoints)
}

async function slicesOf(
  context: RunContext,
  { request, metric }: Contest,
  { rows, champion, challenger }: Outcome,
): Promise<Challenge['slices']> {
  const { table, places } = rows!
  const columns = request.slices.filter((name) => table.startColumns.some((column) => column.name === name))
  if (columns.length === 0) return []
  const bySlice = new Map<string, number[]>()
  const indexes = new Map(places.map((place, index) => [place, index]))
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all' }))
    for (let row = 0; row < chunk.rows; row++) {
      const index = indexes.get(chunk.firstRow + row)
      if (index === undefined) continue
      for (const column of columns) {
        const slice = `${column} = ${String(chunk.columns[column]![row])}`
        const known = bySlice.get(slice)
        if (known) known.push(index)
        else bySlice.set(slice, [index])
      }
    }
  return [...bySlice]
    .filter(([, picked]) => picked.length >= fewestInSlice)
    .toSorted(([a, some], [b, others]) => others.length - some.length || compareCodePoints(a, b))
    .slice(0, mostSlices)
    .flatMap(([slice, picked]) => {
      context.signal.throwIfAborted()
      const { confidence, seed } = request
      const compared = compareAnswers(champion!.pick(picked), challenger!.pick(picked), {
        metric,
        confidence,
        seed,
      })
      return compared ? [{ slice, ...compared, excluded: 0 }] : []
    })
}
