import type { Client } from '../../../contract/create-client.ts'
import type { RetrainingInfo, RetrainingJob } from '../../../contract/retraining-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { JobOptions } from '../program/automation-options.ts'
import type { ListOptions } from '../program/options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'
import { jobWords } from './watch.ts'

export async function listRetraining(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const { policies } = await ask(context, options, (client) => client.retraining.list())
  if (options.json) context.output.json({ policies })
  else if (policies.length === 0) context.output.line('Nothing is retrained here.')
  else for (const policy of policies) printPolicy(context, policy)
  return exitCodes.done
}

function printPolicy(
  { output }: CommandContext,
  { policy, isOn, champion, reasons, open, isWatched }: RetrainingInfo,
): void {
  const version = champion === null ? 'no version yet' : `version ${champion}`
  output.line(`${policy.deployment}  ${policy.model} (${version})${isOn ? '' : '  switched off'}`)
  for (const { words } of reasons) output.line(`  ${words}`)
  if (open) output.line(`  ${jobWords(open)}`)
  if (isOn && !isWatched)
    output.remark('Nothing starts by itself now: leave `pipewright watch` or the app running.')
}

export async function listJobs(
  context: CommandContext,
  options: ListOptions & { deployment: string },
): Promise<ExitCode> {
  const { deployment } = options
  const { jobs } = await ask(context, options, (client) => client.retraining.jobs({ deployment }))
  if (options.json) context.output.json({ jobs })
  else if (jobs.length === 0) context.output.line(`“${deployment}” was never retrained.`)
  else for (const job of jobs) context.output.line(`${formatTime(job.startedAt)}  ${jobWords(job)}`)
  return exitCodes.done
}

export async function showJob(
  context: CommandContext,
  options: ListOptions & { job: number },
): Promise<ExitCode> {
  const { job } = await ask(context, options, (client) => client.retraining.job({ job: options.job }))
  if (options.json) context.output.json({ job })
  else printJob(context, job)
  return exitCodes.done
}

const causeWords: Readonly<Record<RetrainingJob['cause'], string>> = {
  labels: 'started by new labels',
  drift: 'started by drift',
  quality: 'started by a loss of quality',
  schedule: 'started by its schedule',
  hand: 'started by hand',
}

function printJob({ output }: CommandContext, job: RetrainingJob): void {
  const { number, deployment, cause, causeReason, outcome, reason, steps } = job
  output.line(`Job ${number} of ${deployment}, ${causeWords[cause]}: ${causeReason}`)
  for (const { step, state, reason: why, run, checks } of steps) {
    output.line(`  ${step}  ${state}${run === null ? '' : ` (run ${run})`}${why === '' ? '' : `: ${why}`}`)
    for (const { isPassed, reason: found } of checks)
      output.line(`    ${isPassed === null ? '·' : isPassed ? '✓' : '✗'} ${found}`)
  }
  if (outcome !== null) output.line(`${outcome}: ${reason}`)
  else if (reason !== steps.at(-1)?.reason) output.line(reason)
}

/** By hand; waits for the end, or for somebody's word. */
export async function retrainNow(
  context: CommandContext,
  options: JobOptions & { deployment: string },
): Promise<ExitCode> {
  const { deployment, by: who = null, note, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd: context.cwd })
  const { first } = context.interrupts
  const job = await withHost(context, { folder, shared: true, runsSteps: true }, async ({ client }) => {
    await client.deployments.resume()
    const events = await client.retraining.events({ deployment }, { signal: first })
    const started = await client.retraining.start({ deployment, who, note })
    let shown = started.job
    try {
      for await (const { job: now } of events) {
        if (now.number !== shown.number) continue
        if (!json && now.reason !== shown.reason && now.reason !== '') context.output.remark(jobWords(now))
        shown = now
        if (now.finishedAt !== null || now.step === 'approve' || now.step === 'probation') break
      }
    } catch (error) {
      if (!first.aborted) throw error
    }
    return shown
  })
  if (json) context.output.json({ job })
  else printJob(context, job)
  return job.outcome === 'abandoned' || job.outcome === 'cancelled' ? exitCodes.failed : exitCodes.done
}

const words = {
  approve: (client: Client, said: Said) => client.retraining.approve(said),
  reject: (client: Client, said: Said) => client.retraining.reject(said),
  cancel: (client: Client, said: Said) => client.retraining.cancel(said),
  'roll-back': (client: Client, said: Said) => client.retraining.rollBack(said),
} as const
interface Said {
  job: number
  who: string | null
  note: string
}
export type JobWord = keyof typeof words

export async function sayOfJob(
  context: CommandContext,
  { word, job: number, by, note, ...options }: JobOptions & { word: JobWord; job: number },
): Promise<ExitCode> {
  const { job } = await ask(context, options, (client) =>
    words[word](client, { job: number, who: by ?? null, note }),
  )
  if (options.json) context.output.json({ job })
  else context.output.line(jobWords(job))
  return exitCodes.done
}

export async function switchRetraining(
  context: CommandContext,
  { deployment, isOn, ...options }: ListOptions & { deployment: string; isOn: boolean },
): Promise<ExitCode> {
  const { retraining } = await ask(context, options, (client) =>
    client.retraining.switch({ deployment, isOn }),
  )
  if (options.json) context.output.json({ retraining })
  else printPolicy(context, retraining)
  return exitCodes.done
}

function ask<Result>(
  context: CommandContext,
  options: { workspace?: string },
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const folder = existingWorkspace({ named: options.workspace, cwd: context.cwd })
  return withHost(context, { folder, shared: false }, ({ client }) => work(client))
}
