import type { RunComparisonData } from '../../../contract/runs-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import type { ListOptions } from '../program/options.ts'
import { formatCount, formatMetric, formatTime } from '../terminal/format-amounts.ts'
import { formatTable } from '../terminal/format-table.ts'
import { harmless } from '../terminal/text-width.ts'
import { withHost } from '../with-host.ts'

export async function compareRuns(
  context: CommandContext,
  options: ListOptions & { before: string; after: string | undefined },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { before, after } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const comparison = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.compare({ before, ...(after !== undefined && { after }) }),
  )
  if (options.json) output.json(comparison)
  else printComparison(comparison, output)
  return exitCodes.done
}

function printComparison(comparison: RunComparisonData, output: Output): void {
  const { before, after, parameters, metrics, steps } = comparison
  for (const [title, run] of Object.entries({ before, after }))
    output.line(
      `${title.padEnd(6)}  ${run.id}  ${run.status}  ${formatTime(run.startedAt)}  ${harmless(run.pipelineName)}`,
    )
  printSection('Parameters', {
    output,
    columns: [{ title: '  name' }, { title: 'before' }, { title: 'after' }],
    rows: parameters.map((each) => [`  ${each.name}`, valueText(each.before), valueText(each.after)]),
  })
  const right = 'right' as const
  printSection('Metrics', {
    output,
    columns: [
      { title: '  metric' },
      { title: 'before', align: right },
      { title: 'after', align: right },
      { title: 'change', align: right },
    ],
    rows: metrics.map((each) => [
      `  ${each.node}.${each.name}`,
      each.before === null ? '' : formatMetric(each.before),
      each.after === null ? '' : formatMetric(each.after),
      changeText(each.before, each.after),
    ]),
  })
  const changed = steps.filter(isChanged)
  printSection('Steps that differ', {
    output,
    columns: [{ title: '  step' }, { title: 'before' }, { title: 'after' }, { title: 'what differs' }],
    rows: changed.map((step) => [
      `  ${step.node}`,
      step.before ?? 'not there',
      step.after ?? 'not there',
      differences(step).join('; '),
    ]),
  })
  if (changed.length === 0) output.line('\nNo step differs.')
}

function printSection(
  title: string,
  options: { output: Output } & Omit<Parameters<typeof formatTable>[0], 'width'>,
): void {
  const { output, ...table } = options
  if (table.rows.length === 0) return
  output.line(`\n${output.style.bold(title)}`)
  output.lines(formatTable({ ...table, width: output.width }))
}

type ComparedStep = RunComparisonData['steps'][number]

function isChanged({ before, after, reasons, outputs }: ComparedStep): boolean {
  return (
    before === null || after === null || reasons.length > 0 || outputs.some(({ sameContent }) => !sameContent)
  )
}

function differences({ before, after, reasons, outputs }: ComparedStep): string[] {
  if (before === null || after === null) return []
  const contents = outputs
    .filter(({ sameContent }) => !sameContent)
    .map(({ port, rowsBefore, rowsAfter }) =>
      rowsBefore === rowsAfter
        ? `other ${port}`
        : `${port} ${rowsText(rowsBefore)} → ${rowsText(rowsAfter)} rows`,
    )
  return [...reasons.map(({ text }) => text), ...contents]
}

const rowsText = (rows: number | null): string => (rows === null ? '–' : formatCount(rows))

const valueText = (value: unknown): string => (value === undefined ? '(none)' : JSON.stringify(value))

function changeText(before: number | null, after: number | null): string {
  if (before === null || after === null) return ''
  if (before === after) return '='
  const change = formatMetric(after - before)
  return after > before ? `+${change}` : change
}
