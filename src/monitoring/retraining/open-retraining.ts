import type { RetrainingInfo, RetrainingJob } from '../../contract/retraining-contract.ts'
import { reportOf } from '../../core/errors.ts'
import { createFanOut } from '../../engine/fan-out.ts'
import type { JobCause, JobRecord } from '../../storage/retraining-job-record.ts'
import type { RetrainingRecord } from '../../storage/retraining.ts'
import { advanceJob } from './advance-job.ts'
import { describeJob, describeRetraining, pausedUntil } from './describe-retraining.ts'
import { findReasons } from './find-reasons.ts'
import { freezeRows } from './freeze-rows.ts'
import { createJobWords, type JobWords } from './job-words.ts'
import { aliasedVersion } from './model-alias.ts'
import type { RetrainingParts, StepParts } from './retraining-parts.ts'

/** The retraining of a workspace's deployments. */
export interface Retraining extends JobWords {
  list(): RetrainingInfo[]
  find(deployment: string): RetrainingInfo | null
  switch(request: { deployment: string; isOn: boolean }): RetrainingInfo
  jobs(request: { deployment: string; limit: number }): RetrainingJob[]
  job(number: number): RetrainingJob
  /** By hand. */
  start(request: { deployment: string; who: string; note: string }): RetrainingJob
  follow(signal?: AbortSignal): AsyncGenerator<RetrainingJob, void, undefined>
  /** Starts what is due, and goes on with what is open, now and from now on. */
  resume(): void
  /** Resolves when all is done that can be done now: also runs that were started have ended. */
  settle(): Promise<void>
  close(): Promise<void>
}

export function openRetraining(options: Omit<RetrainingParts, 'onJob'> & { tickMs?: number }): Retraining {
  const { workspace, onDefect, now, tickMs = 1_000 } = options
  const { retraining } = workspace.tracking
  const fan = createFanOut<RetrainingJob>()
  const closing = new AbortController()
  const told = new Map<string, string>()
  /** A step that waits is looked at again and again: only what is new about it is told. */
  const tell = (record: JobRecord): void => {
    const job = describeJob(record, options)
    const text = JSON.stringify(job)
    if (told.get(job.deployment) === text) return
    told.set(job.deployment, text)
    fan.tell(job)
  }
  const parts: StepParts = {
    ...options,
    closing: closing.signal,
    onJob: tell,
  }
  const busy = new Map<string, Promise<void>>()
  const frozen = new Map<string, string>()
  const failing = new Map<string, string>()
  let timer: NodeJS.Timeout | null = null

  const start = (
    record: RetrainingRecord,
    cause: { cause: JobCause; causeReason: string; askedBy: string | null },
  ): JobRecord => {
    const { deployment, policy, source } = record
    const job = workspace.tracking.transaction(() => {
      const made = retraining.jobs.create({
        deployment,
        ...cause,
        policy,
        path: source.path,
        document: source.document,
        parameters: source.parameters,
        champion: aliasedVersion(workspace.tracking, policy),
        now: now(),
      })
      retraining.seeUntil({ deployment, until: now() })
      return made
    })
    parts.onJob(job)
    return job
  }
  /** Before there is a job, as the table might be gone by then; one that is gone is looked for once. */
  const freezeFirst = async ({ deployment, policy, frozenTable }: RetrainingRecord): Promise<void> => {
    const champion = aliasedVersion(workspace.tracking, policy)?.artifact
    if (frozenTable !== null || champion === undefined || frozen.get(deployment) === champion) return
    frozen.set(deployment, champion)
    await freezeRows({ policy, champion }, workspace)
  }
  const startWhatIsDue = async (deployment: string): Promise<void> => {
    const known = retraining.get(deployment)
    await freezeFirst(known)
    const [before = null] = retraining.jobs.list({ deployment, limit: 1 })
    const { position, labels } = await parts.countLabels({
      deployment,
      position: known.feedbackPosition,
      since: before?.startedAt ?? known.createdAt,
    })
    if (position !== known.feedbackPosition) retraining.countLabels({ deployment, position, labels })
    const record = retraining.get(deployment)
    const [last = null] = retraining.jobs.list({ deployment, limit: 1 })
    if (!record.isOn || retraining.jobs.openOf(deployment) || pausedUntil(record, last, now()) !== null)
      return
    const due = findReasons(record, last, parts).find(({ isDue }) => isDue)
    if (due) start(record, { cause: due.cause, causeReason: due.words, askedBy: null })
  }
  const tellOnce = (deployment: string, error: unknown): void => {
    const { message } = reportOf(error)
    if (failing.get(deployment) === message) return
    failing.set(deployment, message)
    onDefect(error, `the retraining of “${deployment}”`)
  }
  /** One at a time of each deployment: who comes meanwhile waits for the same. */
  const carryOn = (deployment: string): Promise<void> => {
    const before = busy.get(deployment)
    if (before) return before
    const work = (async () => {
      // What keeps a job from being started must not keep another from going on.
      if (retraining.find(deployment))
        await startWhatIsDue(deployment).catch((error: unknown) => tellOnce(deployment, error))
      const open = retraining.jobs.openOf(deployment)
      if (open && !closing.signal.aborted) await advanceJob(open.number, parts)
    })()
      .catch((error: unknown) => onDefect(error, `the retraining of “${deployment}”`))
      .finally(() => busy.delete(deployment))
    busy.set(deployment, work)
    return work
  }
  const settle = async (): Promise<void> => {
    const names = [
      ...retraining.list().map(({ deployment }) => deployment),
      ...retraining.jobs.open().map(({ deployment }) => deployment),
    ]
    await Promise.all([...new Set(names)].map(carryOn))
  }
  const describe = (record: RetrainingRecord): RetrainingInfo =>
    describeRetraining(record, { ...parts, isWatched: timer !== null })
  const goOn = (deployment: string): void => {
    if (timer) void carryOn(deployment)
  }
  return {
    ...createJobWords(parts, goOn),
    list: () => retraining.list().map(describe),
    find(deployment) {
      const record = retraining.find(deployment)
      return record && describe(record)
    },
    switch: (request) => describe(retraining.switch(request)),
    jobs: (request) => retraining.jobs.list(request).map((job) => describeJob(job, parts)),
    job: (number) => describeJob(retraining.jobs.get(number), parts),
    start({ deployment, who, note }) {
      const causeReason = note === '' ? `${who} asked for it.` : `${who}: ${note}`
      const job = start(retraining.get(deployment), { cause: 'hand', causeReason, askedBy: who })
      goOn(deployment)
      return describeJob(job, parts)
    },
    follow: (signal) => fan.follow(signal),
    resume() {
      const look = (): void => void settle().catch((error: unknown) => onDefect(error, 'retraining'))
      timer ??= setInterval(look, tickMs)
      look()
    },
    settle,
    async close() {
      closing.abort()
      if (timer) clearInterval(timer)
      timer = null
      await Promise.all(busy.values())
    },
  }
}
