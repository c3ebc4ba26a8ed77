import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { reportOf } from '../../../core/errors.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { followRun } from '../follow-run.ts'
import type { Output } from '../output.ts'
import { printDataFindings } from '../print-findings.ts'
import type { PredictOptions } from '../program/options.ts'
import { writeError, writeFindings, writeRunFinished } from '../run-view/present-json.ts'
import type { RunView } from '../run-view/run-view.ts'
import { countOf } from '../terminal/format-amounts.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import { withHost } from '../with-host.ts'

type Request = PredictOptions & { model: string; data: string }

export async function predict(context: CommandContext, options: Request): Promise<ExitCode> {
  if (!options.json) return predictFile(context, options)
  try {
    return await predictFile(context, options)
  } catch (error) {
    writeError(context.output, reportOf(error))
    writeRunFinished(context.output)
    throw error
  }
}

async function predictFile(context: CommandContext, options: Request): Promise<ExitCode> {
  const { output, cwd } = context
  const { json, rejects } = options
  const data = resolve(cwd, options.data)
  if (!existsSync(data)) throw usageError('data-missing', { path: options.data, folder: cwd })
  const folder = existingWorkspace({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: true }, async ({ client }) => {
    const checking = json ? undefined : showWaiting(output, { what: 'Looking at the data', kept: false })
    const started = await client.predictions
      .start({
        model: options.model,
        data,
        output: resolve(cwd, options.output),
        ...(rejects !== undefined && { rejects: resolve(cwd, rejects) }),
        tied: true,
      })
      .finally(() => checking?.done())
    if (started.outcome === 'refused') {
      if (json) {
        writeFindings(output, started.findings)
        writeRunFinished(output)
      } else printDataFindings(started.findings, { output, file: options.data })
      return exitCodes.badUsage
    }
    const { run, steps } = started
    return followRun(context, {
      client,
      run,
      json,
      outcome: (view) => printAnswers(view, { output, options, steps }),
    })
  })
}

function printAnswers(
  view: RunView,
  work: { output: Output; options: Request; steps: { read: string; predict: string } },
): void {
  const { output, options, steps } = work
  if (view.summary?.status !== 'done') return
  const step = (id: string) => view.steps.find(({ node }) => node === id)
  const rejected = step(steps.read)?.extraRows.find(({ port }) => port === 'rejects')?.rows ?? 0
  const answers = `${countOf(step(steps.predict)?.rows ?? 0, 'answer')} in ${options.output}.`
  output.lines(['', rejected === 0 ? answers : `${answers} ${rejectedText(rejected, options.rejects)}`])
}

function rejectedText(count: number, file: string | undefined): string {
  const verbs = count === 1 ? 'was rejected and has' : 'were rejected and have'
  const where = file === undefined ? '--rejects FILE writes them' : `see ${file}`
  return `${countOf(count, 'row')} ${verbs} no answer: ${where}.`
}
