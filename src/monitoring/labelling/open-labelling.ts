import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  LabelImport,
  LabellingQueue,
  LabelMatch,
  Ranking,
  Votes,
} from '../../contract/labelling-contract.ts'
import { feedbackEntrySchema, type FeedbackEntry } from '../../contract/prediction-log-contract.ts'
import { PipewrightError } from '../../core/errors.ts'
import { labellingFunctionsSchema, type LabellingFunction } from '../../core/labelling-function.ts'
import { writeAtomically } from '../../files/write-atomically.ts'
import type { LogReader } from '../../serving/deployments/open-log-reader.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'
import { labellingError } from './errors.ts'
import { expressionColumns } from './expression-columns.ts'
import type { LabelOfRow, LeftRow, LoggedDeployment } from './labelling-messages.ts'
import { openLabellingThread } from './open-labelling-thread.ts'
import { writeLeftRows } from './write-left-rows.ts'

/** Labels for what deployments have answered: given one by one, out of files, or by functions. */
export interface Labelling {
  queue(request: {
    deployment: string
    rankBy: Ranking
    limit: number
    newest: number
  }): Promise<LabellingQueue>
  import(request: {
    deployment: string
    path: string
    match: LabelMatch
    label: string
    source: string
    leftPath: string | null
    /** Ends it between two parts; what is taken then stays taken. */
    signal?: AbortSignal | undefined
  }): Promise<LabelImport>
  functions(deployment: string): Promise<{
    functions: LabellingFunction[]
    columns: { name: string; type: string }[]
  }>
  keepFunctions(deployment: string, functions: readonly LabellingFunction[]): Promise<void>
  vote(request: {
    deployment: string
    functions: readonly LabellingFunction[] | null
    newest: number
  }): Promise<Votes>
  takeVotes(request: {
    deployment: string
    atLeast: number
    newest: number
  }): Promise<{ accepted: number; refused: number }>
  close(): Promise<void>
}

/** The log takes so many at a time. */
const atOnce = 10_000
/** Rows that are told when they were left. */
const mostTold = 1_000
/** What labels of functions are marked with. */
export const functionsSource = 'labelling-functions'

export function openLabelling(options: {
  workspace: Workspace
  predictionLogs: Pick<LogReader, 'append'>
  onDefect: (error: unknown, during: string) => void
}): Labelling {
  const { workspace, predictionLogs, onDefect } = options
  const { tracking, paths } = workspace
  const thread = openLabellingThread(onDefect)

  const logOf = (name: string): LoggedDeployment => {
    const { spec } = tracking.deployments.get(name)
    const meant = spec.versions.flatMap(({ reference, role }) => {
      try {
        return [{ role, ...tracking.models.resolve(reference) }]
      } catch (error) {
        if (error instanceof PipewrightError && error.code.startsWith('registry.')) return []
        throw error
      }
    })
    const model = meant.find(({ role }) => role === 'live')?.artifact
    if (model === undefined) throw labellingError('no-model', { deployment: name })
    return {
      name,
      folder: deploymentLogFolder(paths, name),
      artifacts: paths.artifacts,
      model,
      shadows: meant
        .filter(({ role }) => role === 'shadow')
        .map(({ model: of, version, artifact }) => ({ model: of, version, artifact })),
    }
  }
  const functionsFile = (name: string): string =>
    join(paths.deployments, tracking.deployments.get(name).name, 'labelling-functions.json')
  const keptFunctions = async (name: string): Promise<LabellingFunction[]> => {
    const text = await readFile(functionsFile(name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]'
      throw error
    })
    return labellingFunctionsSchema.parse(JSON.parse(text))
  }
  const someFunctions = async (name: string): Promise<LabellingFunction[]> => {
    const functions = await keptFunctions(name)
    if (functions.length === 0) throw labellingError('no-functions', { deployment: name })
    return functions
  }
  const append = async (name: string, entries: readonly FeedbackEntry[], signal?: AbortSignal) => {
    let accepted = 0
    const refused: { index: number; message: string }[] = []
    for (let first = 0; first < entries.length; first += atOnce) {
      signal?.throwIfAborted()
      const told = await predictionLogs.append(name, entries.slice(first, first + atOnce))
      accepted += told.accepted
      refused.push(...told.refused.map(({ index, message }) => ({ index: first + index, message })))
    }
    return { accepted, refused }
  }

  return {
    queue: ({ deployment, ...request }) => thread.queue({ log: logOf(deployment), ...request }),
    async import({ deployment, path, match, label, source, leftPath, signal }) {
      const work = join(paths.staging, `labels-${randomUUID()}`)
      await mkdir(work, { recursive: true })
      try {
        const matched = await thread.match({ log: logOf(deployment), path, match, label, work })
        const { answers, taken, left } = await appendLabels(matched, (labels) =>
          append(
            deployment,
            labels.map(({ entry }) => feedbackEntrySchema.parse({ ...entry, source })),
            signal,
          ),
        )
        if (leftPath !== null) await writeLeftRows(leftPath, left)
        return { rows: matched.rows, taken, answers, left: byReason(left), first: left.slice(0, mostTold) }
      } finally {
        await rm(work, { recursive: true, force: true })
      }
    },
    async functions(deployment) {
      const model = (await workspace.artifacts.read('model', logOf(deployment).model)).data
      return { functions: await keptFunctions(deployment), columns: expressionColumns(model) }
    },
    async keepFunctions(deployment, functions) {
      const text = `${JSON.stringify(labellingFunctionsSchema.parse(functions), null, 2)}\n`
      await writeAtomically(functionsFile(deployment), (file) => writeFile(file, text))
    },
    async vote({ deployment, functions, newest }) {
      const voting = functions ?? (await keptFunctions(deployment))
      return thread.vote({ log: logOf(deployment), functions: voting, newest })
    },
    async takeVotes({ deployment, atLeast, newest }) {
      const functions = await someFunctions(deployment)
      const { labels } = await thread.surelyVoted({ log: logOf(deployment), functions, newest, atLeast })
      const { accepted, refused } = await append(
        deployment,
        labels.map(({ predictionId, label, probability }) =>
          feedbackEntrySchema.parse({
            predictionId,
            label,
            source: functionsSource,
            comment: `with probability ${probability.toFixed(4)}`,
          }),
        ),
      )
      return { accepted, refused: refused.length }
    },
    close: () => thread.close(),
  }
}

/** Of a row with several answers, one that is taken is enough. */
async function appendLabels(
  { labels, left }: { labels: readonly LabelOfRow[]; left: readonly LeftRow[] },
  append: (
    labels: readonly LabelOfRow[],
  ) => Promise<{ accepted: number; refused: { index: number; message: string }[] }>,
): Promise<{ answers: number; taken: number; left: LeftRow[] }> {
  const { accepted, refused } = await append(labels)
  const refusals = new Map(refused.map(({ index, message }) => [index, message]))
  const taken = new Set(labels.filter((_, index) => !refusals.has(index)).flatMap(({ rows }) => rows))
  const untaken = new Map<number, LeftRow>()
  for (const [index, reason] of refusals) {
    const { rows, entry } = labels[index]!
    const values = { predictionId: entry.predictionId, label: String(entry.label) }
    for (const row of rows) if (!taken.has(row)) untaken.set(row, { row, reason, values })
  }
  const all = [...left, ...untaken.values()].toSorted((a, b) => a.row - b.row)
  return { answers: accepted, taken: taken.size, left: all }
}

function byReason(left: readonly LeftRow[]): LabelImport['left'] {
  const counts = new Map<string, number>()
  for (const { reason } of left) {
    // What is said of one row alone is of one kind all the same.
    const kind = reason.replaceAll(/“[^”]*”|\d+/g, '…')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].map(([reason, rows]) => ({ reason, rows }))
}
