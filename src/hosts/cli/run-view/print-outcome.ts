import type { Output } from '../output.ts'
import { printError } from '../print-error.ts'
import { formatDuration, formatMetric } from '../terminal/format-amounts.ts'
import { harmless, padText, textWidth } from '../terminal/text-width.ts'
import type { RunView } from './run-view.ts'

/** What nobody reads hides what matters. */
const mostWarnings = 20

/** What came of a run, below its steps: warnings, errors, metrics and the sum of it. */
export function printOutcome(view: RunView, output: Output): void {
  const { yellow } = output.errorStyle
  for (const { node, message } of view.warnings.slice(0, mostWarnings))
    output.remark(`${yellow('warning:')} ${harmless(`${node}: ${message}`)}`)
  const untold = view.warnings.length - mostWarnings
  if (untold > 0) output.remark(`${yellow('warning:')} … and ${untold} more.`)
  for (const { node, error } of view.errors)
    // A line in an error of a step is one of its data, so the pipeline file is left out.
    printError({ ...error, at: error.at ?? { node } }, { output, logFile: view.logFile })
  const { summary } = view
  if (!summary) return
  const metrics = Object.entries(summary.metrics)
  if (metrics.length > 0) output.lines(['', ...metricLines(metrics)])
  output.lines(['', sumLine(view, output)])
}

function metricLines(metrics: readonly (readonly [string, number])[]): string[] {
  const texts = metrics.map(([name, value]) => [harmless(name), formatMetric(value)] as const)
  const nameWidth = Math.max(...texts.map(([name]) => textWidth(name)))
  const valueWidth = Math.max(...texts.map(([, value]) => value.length))
  return texts.map(([name, value]) => `  ${padText(name, nameWidth)}  ${value.padStart(valueWidth)}`)
}

function sumLine({ summary, run }: RunView, { style }: Output): string {
  const { status, executed, cached, failed, skipped, durationMs } = summary!
  const heads = {
    done: style.green('Done'),
    failed: style.red('Failed'),
    cancelled: style.yellow('Cancelled'),
  }
  const counts = [
    `${executed} executed`,
    `${cached} cached`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ]
  return `${heads[status]} in ${formatDuration(durationMs)}: ${counts.join(', ')}. ${style.dim(`Run ${run}`)}`
}
