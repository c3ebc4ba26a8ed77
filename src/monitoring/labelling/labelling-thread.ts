import { parentPort } from 'node:worker_threads'
import type { ModelData } from '../../core/artifacts.ts'
import { reportOf } from '../../core/errors.ts'
import { createFeedbackIndex, type FeedbackIndex } from '../../serving/log/feedback-index.ts'
import { buildQueue } from './build-queue.ts'
import { castVotes, isIdentified, surestOf, votesOf } from './cast-votes.ts'
import { labellingError } from './errors.ts'
import type {
  LabellingAnswer,
  LabellingCalls,
  LabellingRequest,
  LoggedDeployment,
} from './labelling-messages.ts'
import { matchLabels } from './match-labels.ts'
import { newestRows } from './newest-rows.ts'
import { createModelReader } from './read-model.ts'

/*
 * The thread that reads logs for labelling, so that whoever asks is not held up. It does one thing at a time, and what it
 * knows of what was said is kept for the next.
 */
const indexes = new Map<string, FeedbackIndex>()

async function indexOf(folder: string): Promise<FeedbackIndex> {
  const index = indexes.get(folder) ?? createFeedbackIndex(folder)
  indexes.set(folder, index)
  await index.refresh()
  return index
}

async function modelOf({ artifacts, model, name }: LoggedDeployment): Promise<ModelData> {
  const data = await createModelReader(artifacts).data(model)
  if (!data) throw labellingError('no-model', { deployment: name })
  if (data.task === 'clustering') throw labellingError('no-target', { deployment: name })
  return data
}

async function modelWithClasses(log: LoggedDeployment): Promise<ModelData> {
  const data = await modelOf(log)
  if (!data.target.classes) throw labellingError('no-classes', { deployment: log.name })
  return data
}

const calls: LabellingCalls = {
  async queue(request) {
    const { log } = request
    await modelOf(log)
    return buildQueue(request, {
      index: await indexOf(log.folder),
      models: createModelReader(log.artifacts),
    })
  },
  async match(request) {
    const never = { aborted: false, throwIfAborted: () => {} }
    const context = { threads: 1, memoryMb: 512, workFolder: request.work, signal: never }
    return matchLabels(context, request, await modelOf(request.log))
  },
  async vote({ log, functions, newest }) {
    const data = await modelWithClasses(log)
    const rows = await newestRows(log.folder, newest)
    return votesOf(
      rows,
      functions,
      await castVotes(rows, { functions, data, index: await indexOf(log.folder) }),
    )
  },
  async surelyVoted({ log, functions, newest, atLeast }) {
    const data = await modelWithClasses(log)
    const rows = await newestRows(log.folder, newest)
    const cast = await castVotes(rows, { functions, data, index: await indexOf(log.folder) })
    if (!isIdentified(cast)) throw labellingError('too-few-functions', { deployment: log.name })
    const { model, known, classes } = cast
    return {
      labels: rows.flatMap(({ id }, row) => {
        const surest = surestOf(model.posterior(row))
        if (!surest || surest.probability < atLeast || known.has(id)) return []
        return [{ predictionId: id, label: classes[surest.of]!, probability: surest.probability }]
      }),
    }
  },
}

let before: Promise<void> = Promise.resolve()

async function answer({ call, method, request }: LabellingRequest): Promise<LabellingAnswer> {
  try {
    return { call, value: await (calls[method] as (request: unknown) => Promise<unknown>)(request) }
  } catch (thrown) {
    const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return { call, error: reportOf(thrown), details }
  }
}

parentPort!.on('message', (asked: LabellingRequest) => {
  before = before.then(async () => parentPort!.postMessage(await answer(asked), []))
})
