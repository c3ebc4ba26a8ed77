import type { ModelData } from '../../../core/artifacts.ts'
import { formatPipeline } from '../../../core/format-pipeline.ts'
import { parsePipeline } from '../../../core/parse-pipeline.ts'
import { resolveParameters } from '../../../core/resolve-parameters.ts'
import type { Client } from '../../../contract/create-client.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import type { ListOptions, WorkspaceOption } from '../program/options.ts'
import { formatMetric, formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { withHost } from '../with-host.ts'

export async function listModels(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { models } = await withHost(context, { folder, shared: false }, ({ client }) => client.models.list())
  if (options.json) output.json({ models })
  else if (models.length === 0) output.line('No model is registered yet. A “Register” node does that.')
  else {
    const rows = models.map(({ name, latest, aliases }) => [
      name,
      String(latest.version),
      Object.entries(aliases)
        .map(([alias, version]) => `${alias}:${version}`)
        .join(' '),
      formatTime(latest.createdAt),
    ])
    const columns = [{ title: 'model' }, { title: 'latest' }, { title: 'aliases' }, { title: 'registered' }]
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

export async function showModel(
  context: CommandContext,
  options: ListOptions & { reference: string; pipeline: boolean },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, pipeline } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.models.show({ reference }),
  )
  if (options.json) output.json(shown)
  else if (pipeline) output.line(pipelineText(shown))
  else printModel(shown, output)
  return exitCodes.done
}

/** The file as it ran: with the parameters filled in, where any were given. */
function pipelineText({ version, pipeline }: Shown): string {
  if (!pipeline) throw usageError('no-pipeline', { model: `${version.model}:${version.version}` })
  const { text, parameters } = pipeline
  if (Object.keys(parameters).length === 0) return text.trimEnd()
  return formatPipeline(resolveParameters({ pipeline: parsePipeline(text), given: parameters })).trimEnd()
}

export async function aliasModel(
  context: CommandContext,
  options: WorkspaceOption & { reference: string; alias: string; remove: boolean },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, alias, remove } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  await withHost(context, { folder, shared: false }, async ({ client }) => {
    const { version } = await client.models.show({ reference })
    if (remove) await client.models.removeAlias({ model: version.model, alias })
    else await client.models.setAlias({ reference: `${version.model}:${version.version}`, alias })
    output.line(
      remove
        ? `${version.model} has no alias ${alias} any more.`
        : `${version.model}@${alias} is version ${version.version}.`,
    )
  })
  return exitCodes.done
}

type Shown = Awaited<ReturnType<Client['models']['show']>>

function printModel({ version, versions, model }: Shown, output: Output): void {
  const { bold, dim } = output.style
  const aliases = version.aliases.map((alias) => `@${alias}`).join(' ')
  output.line(`${bold(`${version.model}:${version.version}`)} ${aliases}`.trimEnd())
  if (version.description !== '') output.line(version.description)
  output.line(dim(`registered ${formatTime(version.createdAt)}, by run ${version.runId ?? '?'}`))
  if (model) printSignature(model, output)
  else output.line('\nIts files are not in the workspace any more.')
  const metrics = Object.entries(version.metrics)
  if (metrics.length > 0) {
    output.line(`\n${bold('Metrics')}`)
    const rows = metrics.map(([name, value]) => [`  ${name}`, formatMetric(value)])
    output.lines(formatTable({ columns: [{ title: '' }, { title: '', align: 'right' }], rows }).slice(1))
  }
  output.line(`\n${bold('Versions')}`)
  const rows = versions.map((each) => [
    `  ${each.version}`,
    each.aliases.join(' '),
    formatTime(each.createdAt),
    each.artifact.slice(0, 12),
  ])
  const columns = [
    { title: '  version' },
    { title: 'aliases' },
    { title: 'registered' },
    { title: 'content' },
  ]
  output.lines(formatTable({ columns, rows, width: output.width }))
}

function printSignature(model: ModelData, output: Output): void {
  const { bold } = output.style
  const classes = model.target.classes === undefined ? '' : ` (${model.target.classes.join(', ')})`
  output.line(`\n${model.task} of ${model.target.name}${classes}, by ${model.learner.type}`)
  if (model.threshold !== undefined)
    output.line(
      `${model.target.positive ?? 'positive'} from a probability of ${formatMetric(model.threshold)}`,
    )
  if (model.signature.inputs.length === 0) return
  output.line(`\n${bold('Inputs')}`)
  const rows = model.signature.inputs.map(({ name, type, source }) => [`  ${name}`, type, source])
  const columns = [{ title: '  column' }, { title: 'type' }, { title: 'read by' }]
  output.lines(formatTable({ columns, rows, width: output.width }))
}
