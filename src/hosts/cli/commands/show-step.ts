import { formatJson } from '../../../core/format-json.ts'
import type { Json } from '../../../core/pipeline.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { printError } from '../print-error.ts'
import type { ListOptions } from '../program/options.ts'
import { harmless } from '../terminal/text-width.ts'
import { withHost } from '../with-host.ts'
import { printMetrics, printRunHead, printSteps } from './runs.ts'

export async function showStep(
  context: CommandContext,
  options: ListOptions & { run: string; node: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { run, node, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.step({ run, node }),
  )
  if (json) {
    output.json(shown)
    return exitCodes.done
  }
  const { step, reports } = shown
  printRunHead(context, shown.run)
  printSteps(context, [step])
  printMetrics(context, step.metrics)
  for (const [port, { content }] of Object.entries(reports)) {
    output.line(`\n${output.style.bold(port)}`)
    output.lines(formatJson(withShortLists(content), { indent: '', used: 0 }).split('\n').map(harmless))
  }
  if (step.error) printError({ ...step.error, at: step.error.at ?? { node } }, { output })
  return exitCodes.done
}

/** Curves have hundreds of points, which `--json` gives. */
const longestList = 20

function withShortLists(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withShortLists(each)]))
  const shown = value.slice(0, longestList).map(withShortLists)
  return value.length > longestList ? [...shown, `… and ${value.length - longestList} more`] : shown
}
