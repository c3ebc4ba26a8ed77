import { setTimeout as sleep } from 'node:timers/promises'
import type { FeedbackEntry, LoggedPrediction, LogFilter } from '../../contract/prediction-log-contract.ts'
import { PipewrightError } from '../../core/errors.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'
import { workspaceSecret } from '../../storage/workspace-secret.ts'
import { endOfLog } from '../log/end-of-log.ts'
import { createFeedbackIndex, type FeedbackIndex } from '../log/feedback-index.ts'
import { openFeedbackLog, type Feedback, type FeedbackLog } from '../log/feedback-log.ts'
import { labelProblem } from '../log/label-problem.ts'
import type { LoggedModel, PredictionRecord } from '../log/prediction-record.ts'
import { newestPredictions, readPredictions } from '../log/read-predictions.ts'
import { readPredictionId } from '../prediction-id.ts'
import { loggedRows, type LogSurroundings } from './logged-rows.ts'
import { openQualityBook, type QualityBook } from './open-quality-book.ts'
import type { Qualities } from './version-quality.ts'

/** What was answered by the deployments of a workspace, and what was said about it. */
export interface LogReader {
  page(request: {
    name: string
    filter: LogFilter
    limit: number
    before: string | null
  }): Promise<{ records: LoggedPrediction[]; next: string | null }>
  tail(
    request: { name: string; filter: LogFilter },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<{ records: LoggedPrediction[] }, void, undefined>
  append(
    name: string,
    entries: readonly FeedbackEntry[],
  ): Promise<{ accepted: number; refused: { index: number; message: string }[] }>
  /** What was said about the answers of a deployment, as far as it is known now. */
  feedback(name: string): Promise<FeedbackIndex>
  /** How right the answers of each version were from a time on, epoch ms, by what was said about them until now. */
  quality(request: { name: string; since: number }): Promise<Qualities>
  forget(name: string): Promise<void>
  close(): Promise<void>
}

const pollMs = 500
/** No server process has this number. */
const hostWorker = 255

export function openLogReader(
  workspace: Workspace,
  onDefect: (error: unknown, during: string) => void,
): LogReader {
  const { paths, tracking, artifacts } = workspace
  const indexes = new Map<string, FeedbackIndex>()
  const logs = new Map<string, FeedbackLog>()
  const books = new Map<string, QualityBook>()
  const classes = new Map<string, readonly string[] | null>()
  const folderOf = (name: string): string => deploymentLogFolder(paths, tracking.deployments.get(name).name)

  const feedback = async (name: string): Promise<FeedbackIndex> => {
    const index = indexes.get(name) ?? createFeedbackIndex(folderOf(name))
    indexes.set(name, index)
    await index.refresh()
    return index
  }
  const learnClasses = async ({ artifact }: Pick<LoggedModel, 'artifact'>): Promise<void> => {
    if (artifact === '' || classes.has(artifact)) return
    const model = await artifacts.read('model', artifact).catch(() => null)
    classes.set(artifact, model?.data.target.classes ?? null)
  }
  /** Of each version that answers; null where they are not known. */
  const answeringClasses = (name: string): Promise<(readonly string[] | null)[]> =>
    Promise.all(
      tracking.deployments
        .get(name)
        .spec.versions.filter(({ role }) => role !== 'shadow')
        .map(async ({ reference }) => {
          try {
            const version = tracking.models.resolve(reference)
            await learnClasses(version)
            return classes.get(version.artifact) ?? null
          } catch (error) {
            if (error instanceof PipewrightError && error.code.startsWith('registry.')) return null
            throw error
          }
        }),
    )
  const classesOf: LogSurroundings['classesOf'] = ({ artifact }) => classes.get(artifact) ?? null
  /** The rows of some requests that a filter lets through, each with what was said about it. */
  const shownRows = async (
    records: readonly PredictionRecord[],
    { filter, index }: { filter: LogFilter; index: FeedbackIndex },
  ): Promise<LoggedPrediction[]> => {
    for (const { model } of records) await learnClasses(model)
    const said = await index.of(records.flatMap(({ predictionIds }) => predictionIds))
    return records.flatMap((record) =>
      loggedRows(record, filter, { classesOf, feedbackOf: (id) => said.get(id) }),
    )
  }

  return {
    feedback,
    quality({ name, since }) {
      const book = books.get(name) ?? openQualityBook(folderOf(name), { feedback: () => feedback(name) })
      books.set(name, book)
      return book.since(since)
    },
    async page({ name, filter, limit, before }) {
      const folder = folderOf(name)
      const [until, shown] = before === null ? [filter.to ?? Infinity, 0] : before.split('-').map(Number)
      const index = await feedback(name)
      // What was said is read for the rows of the page alone.
      const around: LogSurroundings = {
        classesOf,
        feedbackOf: (id) => (index.mayHave(id) ? { predictionId: id, time: 0 } : undefined),
      }
      const found = await newestPredictions(folder, {
        limit: limit + shown!,
        until: until!,
        matches: (record) => loggedRows(record, filter, around).length > 0,
      })
      // Those of the very time at which the page before ended were shown.
      const requests = found.slice(shown)
      const records: LoggedPrediction[] = []
      let taken = 0
      for (const record of requests) {
        if (records.length >= limit) break
        records.push(...(await shownRows([record], { filter, index })))
        taken += 1
      }
      const last = requests[taken - 1]
      const isEnd = taken === requests.length && found.length < limit + shown!
      if (!last || isEnd) return { records, next: null }
      const same = found.slice(0, shown! + taken).filter(({ time }) => time === last.time).length
      return { records, next: `${last.time}-${same}` }
    },
    async *tail({ name, filter }, signal) {
      const folder = folderOf(name)
      let position = await endOfLog(folder, 'predictions')
      for (;;) {
        if (signal?.aborted) return
        const index = await feedback(name)
        const records: LoggedPrediction[] = []
        for await (const part of readPredictions(folder, { after: position })) {
          position = part.position
          records.push(...(await shownRows(part.records, { filter, index })))
        }
        if (records.length > 0) yield { records: records.toSorted((a, b) => a.at - b.at) }
        await sleep(pollMs, undefined, { signal }).catch(() => {})
      }
    },
    async append(name, entries) {
      const { number } = tracking.deployments.get(name)
      const folder = folderOf(name)
      const log =
        logs.get(name) ??
        openFeedbackLog({ folder, worker: hostWorker, onError: (error) => onDefect(error, 'feedback') })
      logs.set(name, log)
      const secret = workspaceSecret(paths)
      const refused: { index: number; message: string }[] = []
      const taken: Feedback[] = []
      const known = await answeringClasses(name)
      for (const [index, entry] of entries.entries()) {
        const problem =
          problemOf(entry, readPredictionId(entry.predictionId, secret)?.deployment, number) ??
          labelProblem(entry.label ?? undefined, known)
        if (problem === null) taken.push(feedbackOf(entry))
        else refused.push({ index, message: problem })
      }
      await Promise.all(taken.map((each) => log.append(each)))
      return { accepted: taken.length, refused }
    },
    async forget(name) {
      await logs.get(name)?.close()
      logs.delete(name)
      indexes.delete(name)
      books.delete(name)
    },
    async close() {
      await Promise.all([...logs.values()].map((log) => log.close()))
    },
  }
}

function problemOf(entry: FeedbackEntry, deployment: number | undefined, own: number): string | null {
  if (deployment === undefined) return 'This is no prediction id of this workspace.'
  if (deployment !== own) return 'This prediction is of another deployment.'
  const { label, isRight, score, isRetracted } = entry
  if (isRetracted)
    return label === null && isRight === null && score === null
      ? null
      : 'What is taken back says nothing new.'
  return label === null && isRight === null && score === null
    ? 'It says neither the truth, nor whether the answer was right, nor how good it was.'
    : null
}

function feedbackOf({
  predictionId,
  label,
  isRight,
  score,
  isRetracted,
  source,
  comment,
}: FeedbackEntry): Feedback {
  return {
    predictionId,
    ...(label !== null && { label }),
    ...(isRight !== null && { isRight }),
    ...(score !== null && { score }),
    ...(isRetracted && { isRetracted }),
    ...(source !== null && { source }),
    ...(comment !== null && { comment }),
    time: Date.now(),
  }
}
