import type { RunInfo, StepInfo } from '../../../contract/runs-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { printError } from '../print-error.ts'
import type { ListOptions } from '../program/options.ts'
import { formatDuration, formatMetric, formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { rowsNote } from '../run-view/render-steps.ts'
import { rowsOf } from '../run-view/run-view.ts'
import { harmless } from '../terminal/text-width.ts'
import { withHost } from '../with-host.ts'

export async function listRuns(
  context: CommandContext,
  options: ListOptions & { limit: number },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const limit = Math.min(options.limit, 1000)
  const { runs } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.list({ limit }),
  )
  if (options.json) output.json({ runs })
  else if (runs.length === 0) output.line('Nothing has run here yet.')
  else {
    const rows = runs.map((run) => [
      run.id,
      run.pipelineName,
      run.status,
      formatTime(run.startedAt),
      durationOf(run),
      run.summary ? String(run.summary.executed) : '',
      run.summary ? String(run.summary.cached) : '',
    ])
    const columns = [
      { title: 'run' },
      { title: 'pipeline' },
      { title: 'status' },
      { title: 'started' },
      { title: 'took', align: 'right' as const },
      { title: 'executed', align: 'right' as const },
      { title: 'cached', align: 'right' as const },
    ]
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

export async function showRun(
  context: CommandContext,
  options: ListOptions & { run: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.get({ run: options.run }),
  )
  if (options.json) {
    output.json(shown)
    return exitCodes.done
  }
  printRunHead(context, shown.run)
  printSteps(context, shown.steps)
  printMetrics(context, shown.run.summary?.metrics ?? {})
  for (const { node, error } of shown.steps)
    if (error) printError({ ...error, at: error.at ?? { node } }, { output })
  return exitCodes.done
}

export function printSteps({ output }: CommandContext, steps: readonly StepInfo[]): void {
  const rows = steps.map((step) => [
    `  ${step.node}`,
    step.type,
    step.state,
    rowsNote(rowsOf(step.outputs)),
    step.startedAt === null || step.finishedAt === null || step.state === 'cached'
      ? ''
      : formatDuration(step.finishedAt - step.startedAt),
  ])
  const columns = [
    { title: '  step' },
    { title: 'type' },
    { title: 'state' },
    { title: 'gave' },
    { title: 'took', align: 'right' as const },
  ]
  output.lines(formatTable({ columns, rows, width: output.width }))
}

export async function whyRun(
  context: CommandContext,
  options: ListOptions & { run: string; node: string | undefined },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const why = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.why({ run: options.run, ...(options.node !== undefined && { node: options.node }) }),
  )
  if (options.json) {
    output.json(why)
    return exitCodes.done
  }
  printRunHead(context, why.run)
  const rows = why.steps.flatMap(({ node, state, reasons }) =>
    reasons.length === 0
      ? [[`  ${node}`, state, '']]
      : reasons.map(({ text }, index) => (index === 0 ? [`  ${node}`, state, text] : ['', '', text])),
  )
  const columns = [{ title: '  step' }, { title: 'state' }, { title: 'why' }]
  output.lines(formatTable({ columns, rows, width: output.width }))
  return exitCodes.done
}

export function printRunHead({ output }: CommandContext, run: RunInfo): void {
  const { bold, dim } = output.style
  output.line(`${bold(harmless(run.pipelineName))}  ${run.status}  ${dim(`run ${run.id}`)}`)
  const parameters = Object.entries(run.parameters).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const scope = [
    ...(run.scope.to ?? []).map((node) => `--to ${node}`),
    ...(run.scope.from ?? []).map((node) => `--from ${node}`),
  ]
  output.line(
    dim([formatTime(run.startedAt), durationOf(run), ...parameters, ...scope].filter(Boolean).join('  ')),
  )
  output.line()
}

export function printMetrics({ output }: CommandContext, given: Readonly<Record<string, number>>): void {
  const metrics = Object.entries(given)
  if (metrics.length === 0) return
  output.line()
  const rows = metrics.map(([name, value]) => [`  ${name}`, formatMetric(value)])
  const columns = [{ title: '  metric' }, { title: '', align: 'right' as const }]
  output.lines(formatTable({ columns, rows, width: output.width }))
}

function durationOf({ startedAt, finishedAt }: RunInfo): string {
  return finishedAt === null ? '' : formatDuration(finishedAt - startedAt)
}
