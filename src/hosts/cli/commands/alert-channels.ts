import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { AlertChannelInfo } from '../../../contract/alerts-contract.ts'
import { alertChannelSchema, type AlertChannel } from '../../../core/alert-channel.ts'
import { explainIssues, formatPath } from '../../../core/explain-issues.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import { formatDuration } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

export async function listChannels(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { channels } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.channels(),
  )
  if (options.json) output.json({ channels })
  else {
    const columns = ['channel', 'tells', 'problem'].map((title) => ({ title }))
    const rows = channels.map((channel) => [channel.name, placeOf(channel), channel.problem?.message ?? ''])
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

function placeOf({ name, target }: AlertChannelInfo): string {
  switch (target?.kind) {
    case undefined:
      return name === 'app' ? 'the window of the app' : 'the notifications of the system'
    case 'webhook':
      return `${target.format} at ${target.url}`
    case 'email':
      return `${target.to.join(', ')} by ${target.host}`
    case 'command':
      return target.argv.join(' ')
  }
}

export async function keepChannel(
  context: CommandContext,
  options: ListOptions & { name: string; target: string; trust: boolean },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { name, target, trust } = options
  const channel = await readChannel({ name, target, cwd })
  await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.keepChannel({ channel, trust }),
  )
  if (options.json) output.json({ channel })
  else output.line(`${name} is kept; \`pipewright alerts test ${name}\` tries it out.`)
  return exitCodes.done
}

async function readChannel(given: { name: string; target: string; cwd: string }): Promise<AlertChannel> {
  const { name, target, cwd } = given
  const isJson = target.trimStart().startsWith('{')
  const where = isJson ? 'the target' : target
  let value: unknown
  try {
    value = JSON.parse(isJson ? target : await readFile(resolve(cwd, target), 'utf8'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw usageError('data-missing', { path: target, folder: cwd }, { cause })
    const problem = cause instanceof SyntaxError ? cause.message : reasonOfFailure(cause)
    throw usageError('bad-channel', { where, problem }, { cause })
  }
  const read = explainIssues(alertChannelSchema, { name, target: value })
  if (read.success) return read.data
  const { path, message } = read.explanations[0]!
  throw usageError('bad-channel', { where, problem: `${formatPath(path)}: ${message}` })
}

export async function removeChannel(
  context: CommandContext,
  options: ListOptions & { name: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { name } = options
  await withHost(context, { folder, shared: false }, ({ client }) => client.alerts.removeChannel({ name }))
  if (options.json) output.json({ removed: name })
  else output.line(`${name} is removed.`)
  return exitCodes.done
}

export async function testChannel(
  context: CommandContext,
  options: ListOptions & { channel: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { channel } = options
  const tested = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.test({ channel }),
  )
  if (options.json) output.json(tested)
  else if (tested.problem === null)
    output.line(`${channel} took it within ${formatDuration(tested.durationMs)}.`)
  else output.line(`${channel} did not take it: ${tested.problem}.`)
  return tested.problem === null ? exitCodes.done : exitCodes.failed
}
