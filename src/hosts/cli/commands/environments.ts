import { environments, type Environment, type Promotion } from '../../../contract/model-environments.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import type { PromoteOptions } from '../program/serving-options.ts'
import { formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

export async function promoteModel(
  context: CommandContext,
  options: PromoteOptions & { reference: string; environment: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, note, by: who = null, json } = options
  const environment = environmentOf(options.environment)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { promotion, superseded } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.models.promote({ reference, environment, note, who }),
  )
  if (json) {
    output.json({ promotion, superseded })
    return exitCodes.done
  }
  output.line(inWords(promotion))
  if (superseded) output.line(`Version ${superseded.version}, which waited until now, does not any more.`)
  return exitCodes.done
}

export async function decidePromotion(
  context: CommandContext,
  options: PromoteOptions & { reference: string; environment: string; decision: 'approve' | 'reject' },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, note, by: who = null, decision, json } = options
  const environment = environmentOf(options.environment)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { promotion } = await withHost(context, { folder, shared: false }, async ({ client }) => {
    const [model = ''] = reference.split(/[:@]/)
    const named = model === reference ? null : (await client.models.show({ reference })).version.version
    return client.models[decision]({ model, version: named, environment, note, who })
  })
  if (json) output.json({ promotion })
  else output.line(inWords(promotion))
  return exitCodes.done
}

export async function showEnvironments(
  context: CommandContext,
  options: ListOptions & { model: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { model, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.models.environments({ model }),
  )
  if (json) {
    output.json(shown)
    return exitCodes.done
  }
  for (const { environment, version, waiting } of shown.environments)
    output.line(
      `${environment}: ${version === null ? 'no version' : `version ${version}`}` +
        (waiting ? `; version ${waiting.version} waits for an approval` : ''),
    )
  if (shown.history.length === 0) return exitCodes.done
  output.line('')
  const columns = ['when', 'version', 'to', 'state', 'by', 'decided by', 'note'].map((title) => ({ title }))
  const rows = shown.history.map((each) => [
    formatTime(each.requestedAt),
    String(each.version),
    each.environment,
    each.state,
    each.requestedBy,
    each.decidedBy ?? '',
    [each.requestNote, each.decisionNote].filter(Boolean).join(' / '),
  ])
  output.lines(formatTable({ columns, rows, width: output.width }))
  return exitCodes.done
}

function environmentOf(text: string): Environment {
  const found = environments.find((each) => each === text)
  if (!found) throw usageError('unknown-environment', { environment: text })
  return found
}

function inWords({ model, version, environment, state }: Promotion): string {
  switch (state) {
    case 'approved':
      return `${model}@${environment} is version ${version}.`
    case 'waiting':
      return `Version ${version} of ${model} waits for \`pipewright models approve ${model}:${version}\`.`
    case 'rejected':
    case 'superseded':
      return `Version ${version} of ${model} does not go to ${environment}.`
  }
}
