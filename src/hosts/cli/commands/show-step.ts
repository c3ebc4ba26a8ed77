import { reportPage } from '../../../../nodes/report-pages/report-page.ts'
import type { StepInfo } from '../../../contract/runs-contract.ts'
import type { ReportData } from '../../../core/artifacts.ts'
import { formatJson } from '../../../core/format-json.ts'
import { withShortLists } from '../../../core/with-short-lists.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { printError } from '../print-error.ts'
import type { ShowOptions } from '../program/options.ts'
import { harmless } from '../terminal/text-width.ts'
import { withHost } from '../with-host.ts'
import { printMetrics, printRunHead, printSteps } from './runs.ts'
import { writeResult } from '../write-result.ts'

export async function showStep(
  context: CommandContext,
  options: ShowOptions & { run: string; node: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { run, node, json, html } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const shown = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.runs.step({ run, node }),
  )
  if (html !== undefined) await writePage(shown, { file: html, cwd })
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
    output.lines(
      formatJson(withShortLists(content, longestList), { indent: '', used: 0 }).split('\n').map(harmless),
    )
  }
  if (step.error) printError({ ...step.error, at: step.error.at ?? { node } }, { output })
  return exitCodes.done
}

/** The first report of a step as a page. */
async function writePage(
  { step, reports }: { step: StepInfo; reports: Readonly<Record<string, ReportData>> },
  { file, cwd }: { file: string; cwd: string },
): Promise<void> {
  const [report] = Object.values(reports)
  if (!report) throw usageError('no-report', { node: step.node })
  await writeResult(file, { cwd, text: reportPage(step.node, report) })
}

/** Curves have hundreds of points, which `--json` gives. */
const longestList = 20
