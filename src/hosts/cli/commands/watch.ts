import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Occurrence } from '../../../contract/automation-contract.ts'
import type { RetrainingJob } from '../../../contract/retraining-contract.ts'
import type { Host } from '../../host.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceAbove } from '../find-workspace.ts'
import { countOf, formatTime } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'

/** How often it is looked whether the process that has the workspace is still there. */
const lookMs = 3_000

/**
 * Carries out schedules and retraining, and keeps endpoints up, until Ctrl-C. While another process has the workspace this
 * one waits, without keeping that from ending, and takes over then.
 */
export async function watch(
  context: CommandContext,
  options: { folder: string | undefined; json: boolean },
): Promise<ExitCode> {
  const folder = folderOf(context.cwd, options.folder)
  const { output, interrupts } = context
  let isWaiting = false
  while (!interrupts.first.aborted)
    await withHost(context, { folder, shared: true }, async (host) => {
      if (host.role === 'host') {
        if (isWaiting)
          output.remark('The process that had the workspace has ended: this one goes on with it.')
        return watchWorkspace(host, context, options)
      }
      if (!isWaiting) output.remark('Another process has the workspace: this one takes over when that ends.')
      isWaiting = true
      return waitForHost(host, interrupts.first)
    })
  return exitCodes.done
}

async function watchWorkspace(
  { client, paths }: Host,
  { output, interrupts }: CommandContext,
  { json }: { json: boolean },
): Promise<void> {
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
        `Watching ${paths.folder}: ${countOf(on, 'schedule')} switched on of ${schedules.length}, ` +
          `${countOf(policies.length, 'deployment')} retrained.`,
      )
      output.remark('Ctrl-C ends it.')
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
    if (!signal.aborted) throw error
  }
}

/** Resolves when the process is gone, or at Ctrl-C. Between two looks that process may end without waiting for this one. */
async function waitForHost({ hostPid }: Host, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && isAlive(hostPid)) await sleep(lookMs, undefined, { signal }).catch(() => {})
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function eachOf<Item>(items: AsyncIterable<Item>, tell: (item: Item) => void): Promise<void> {
  for await (const item of items) tell(item)
}

export function occurrenceWords({ dueAt, schedule, path, file, state, run, reason }: Occurrence): string {
  const said = reason === '' ? '' : `: ${reason}`
  const came = file === null ? '' : `, for ${file}`
  return `${formatTime(dueAt)}  ${schedule} of ${path}${came}  ${state}${run === null ? '' : ` (run ${run})`}${said}`
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
