import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { ScheduleInfo } from '../../../contract/automation-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceHere, workspaceOfFile } from '../find-workspace.ts'
import { parseParameters } from '../parse-parameters.ts'
import type { ScheduleOptions, SwitchOptions } from '../program/automation-options.ts'
import type { CheckOptions, ListOptions } from '../program/options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'
import { occurrenceWords } from './watch.ts'

export async function listSchedules(
  context: CommandContext,
  { file, json, ...options }: ScheduleOptions & { file: string | undefined },
): Promise<ExitCode> {
  const { output } = context
  const { folder, path } = placeOf(context, file, options)
  if (file !== undefined && !existsSync(path!))
    throw usageError('data-missing', { path: file, folder: context.cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.automation.schedules({ path }),
  )
  if (json) {
    output.json(shown)
    return exitCodes.done
  }
  if (shown.schedules.length === 0) output.line('No pipeline here says when it runs by itself.')
  else
    output.lines(
      formatTable({
        columns: [
          { title: 'file' },
          { title: 'schedule' },
          { title: 'starts' },
          { title: 'switch' },
          { title: 'next' },
          { title: 'last' },
        ],
        rows: shown.schedules.map((schedule) => rowOf(schedule, context.cwd)),
        width: output.width,
      }),
    )
  if (!shown.isWatched && shown.schedules.some(({ isOn }) => isOn))
    output.remark('Nothing starts them now: leave `pipewright watch` or the app running.')
  return exitCodes.done
}

const rowOf = ({ path, name, words, isOn, next, newest, problem }: ScheduleInfo, cwd: string): string[] => [
  relative(cwd, path),
  name,
  problem ?? words,
  isOn ? 'on' : 'off',
  isOn && next[0] !== undefined ? formatTime(next[0]) : '',
  newest ? `${newest.state} ${formatTime(newest.dueAt)}` : '',
]

export async function switchSchedule(
  context: CommandContext,
  {
    file,
    name,
    isOn,
    json,
    trust,
    ...options
  }: SwitchOptions & { file: string; name: string; isOn: boolean },
): Promise<ExitCode> {
  const { output } = context
  const { folder, path } = placeOf(context, file, options)
  const { schedule } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.automation.switch({ path, name, isOn, trust }),
  )
  if (json) output.json({ schedule })
  else {
    const next = schedule.next[0] === undefined ? '' : `, next at ${formatTime(schedule.next[0])}`
    output.line(`“${name}” is switched ${isOn ? `on: ${schedule.words}${next}` : 'off'}.`)
  }
  return exitCodes.done
}

export async function runNow(
  context: CommandContext,
  { file, name, json, param, ...options }: CheckOptions & { file: string; name: string },
): Promise<ExitCode> {
  const { output } = context
  const { folder, path } = placeOf(context, file, options)
  const occurrence = await withHost(
    context,
    { folder, shared: true, runsSteps: true },
    async ({ client }) => {
      const events = await client.automation.events(undefined, { signal: context.interrupts.first })
      const asked = await client.automation.runNow({ path, name, parameters: parseParameters(param) })
      for await (const event of events)
        if (event.occurrence.number === asked.occurrence.number && event.occurrence.finishedAt !== null)
          return event.occurrence
      return asked.occurrence
    },
  )
  if (json) output.json({ occurrence })
  else output.line(occurrenceWords(occurrence))
  return occurrence.state === 'done' ? exitCodes.done : exitCodes.failed
}

export async function showHistory(
  context: CommandContext,
  { file, limit, json, ...options }: ScheduleOptions & { file: string | undefined; limit: number },
): Promise<ExitCode> {
  const { output } = context
  const { folder, path } = placeOf(context, file, options)
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.automation.history({ path, limit: Math.min(limit, 1_000) }),
  )
  // What became of a file that is gone stays known.
  if (file !== undefined && shown.occurrences.length === 0 && !existsSync(path!))
    throw usageError('data-missing', { path: file, folder: context.cwd })
  if (json) output.json(shown)
  else if (shown.occurrences.length === 0) output.line('Nothing has fallen due yet.')
  else output.lines(shown.occurrences.map(occurrenceWords))
  return exitCodes.done
}

export async function showHook(
  context: CommandContext,
  { file, name, json, ...options }: ListOptions & { file: string; name: string },
): Promise<ExitCode> {
  const { output } = context
  const { folder, path } = placeOf(context, file, options)
  const hook = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.automation.hook({ path, name }),
  )
  if (json) output.json(hook)
  else {
    output.line(hook.url ?? 'Nobody listens now: leave `pipewright watch` or the app running, and ask again.')
    output.line(`Authorization: Bearer ${hook.token}`)
  }
  return exitCodes.done
}

function placeOf<File extends string | undefined>(
  { cwd }: CommandContext,
  file: File,
  { workspace }: { workspace?: string },
): { folder: string; path: File extends string ? string : string | null } {
  const path = file === undefined ? null : resolve(cwd, file)
  const folder =
    path === null
      ? workspaceHere({ named: workspace, cwd })
      : workspaceOfFile({ file: path, named: workspace, cwd })
  return { folder, path: path as File extends string ? string : string | null }
}
