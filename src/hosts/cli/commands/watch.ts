import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Occurrence } from '../../../contract/automation-contract.ts'
import type { RetrainingJob } from '../../../contract/retraining-contract.ts'
import type { Host } from '../../host.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceAbove } from '../find-workspace.ts'
import { countOf, formatTime } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'

/**
 * Carries out schedules and retraining, and keeps endpoints up, until Ctrl-C. While another process has the workspace this
 * one only tells what that does, and takes over when it ends.
 */
export async function watch(
  context: CommandContext,
  options: { folder: string | undefined; json: boolean },
): Promise<ExitCode> {
  const folder = folderOf(context.cwd, options.folder)
  const { first } = context.interrupts
  while (!first.aborted) {
    const isLost = await withHost(context, { folder, shared: true }, (host) =>
      watchHost(host, context, options),
    )
    if (isLost)
      context.output.remark('The process that had the workspace has ended: this one goes on with it.')
  }
  return exitCodes.done
}

/** True where the process that had the workspace has ended. */
async function watchHost(host: Host, context: CommandContext, { json }: { json: boolean }): Promise<boolean> {
  const { output, interrupts } = context
  const { client, role } = host
  const signal = interrupts.first
  try {
    const occurrences = await client.automation.events(undefined, { signal })
    const jobs = await client.retraining.events({}, { signal })
    await client.deployments.resume()
    const { schedules } = await client.automation.schedules({})
    const { policies } = await client.retraining.list()
    if (!json) {
      const on = schedules.filter(({ isOn }) => isOn).length
      output.line(
        `Watching ${host.paths.folder}: ${countOf(on, 'schedule')} switched on of ${schedules.length}, ` +
          `${countOf(policies.length, 'deployment')} retrained.`,
      )
      output.remark(
        role === 'host'
          ? 'Ctrl-C ends it.'
          : 'Another process has the workspace and does the work; Ctrl-C ends this.',
      )
    }
    await Promise.all([
      eachOf(occurrences, ({ occurrence }) =>
        output.line(json ? JSON.stringify({ occurrence }) : occurrenceWords(occurrence)),
      ),
      eachOf(jobs, ({ job }) => {
        if (json) output.line(JSON.stringify({ job }))
        else if (job.reason !== '') output.line(jobWords(job))
      }),
    ])
  } catch (error) {
    if (role === 'host' && !signal.aborted) throw error
  }
  return !signal.aborted
}

async function eachOf<Item>(items: AsyncIterable<Item>, tell: (item: Item) => void): Promise<void> {
  for await (const item of items) tell(item)
}

export function occurrenceWords({ dueAt, schedule, path, state, run, reason }: Occurrence): string {
  const said = reason === '' ? '' : `: ${reason}`
  return `${formatTime(dueAt)}  ${schedule} of ${path}  ${state}${run === null ? '' : ` (run ${run})`}${said}`
}

export function jobWords({ number, deployment, step, outcome, reason }: RetrainingJob): string {
  return `${deployment}, job ${number}  ${outcome ?? step}: ${reason}`
}

function folderOf(cwd: string, named: string | undefined): string {
  if (named === undefined) return workspaceAbove(cwd) ?? cwd
  const folder = resolve(cwd, named)
  if (!existsSync(folder)) throw usageError('no-folder', { folder })
  return folder
}
