import type { Client } from '../../../contract/create-client.ts'
import type { PipelineDocument } from '../../../contract/document.ts'
import { reportOf } from '../../../core/errors.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { followRun } from '../follow-run.ts'
import { parseParameters } from '../parse-parameters.ts'
import { printFindings } from '../print-findings.ts'
import type { RunOptions } from '../program/options.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { writeError, writeFindings, writeRunFinished } from '../run-view/present-json.ts'
import { resolvePathParameters } from '../resolve-path-parameters.ts'
import { showWaiting } from '../terminal/show-waiting.ts'
import { withHost } from '../with-host.ts'
import { workspaceOfFile } from '../find-workspace.ts'

export async function run(
  context: CommandContext,
  options: RunOptions & { file: string },
): Promise<ExitCode> {
  if (!options.json) return runPipeline(context, options)
  try {
    return await runPipeline(context, options)
  } catch (error) {
    // A program reads standard output alone, and its last line is the same whatever happened.
    writeError(context.output, reportOf(error))
    writeRunFinished(context.output)
    throw error
  }
}

async function runPipeline(
  context: CommandContext,
  options: RunOptions & { file: string },
): Promise<ExitCode> {
  context.file = options.file
  const { cwd } = context
  const given = parseParameters(options.param)
  const document = await readPipelineFile(options.file, cwd)
  const parameters = resolvePathParameters(given, { document, cwd })
  const folder = workspaceOfFile({ file: document.path, named: options.workspace, cwd })
  return withHost(context, { folder, shared: true, runsSteps: true }, async ({ client }) => {
    const started = await start(context, { client, document, parameters, options })
    const { findings } = started
    if (options.json) writeFindings(context.output, findings)
    else printFindings(findings, { output: context.output, document, file: options.file })
    if (started.outcome === 'refused') {
      if (options.json) writeRunFinished(context.output)
      return exitCodes.badUsage
    }
    return followRun(context, { client, run: started.run, json: options.json })
  })
}

async function start(
  { output }: CommandContext,
  request: {
    client: Client
    document: PipelineDocument
    parameters: Record<string, string>
    options: RunOptions
  },
) {
  const { client, document, parameters, options } = request
  const { json, to, from, trust } = options
  // A source that is seen for the first time is looked at: that may take a second or two.
  const checking = json ? undefined : showWaiting(output, { what: 'Checking', kept: false })
  try {
    return await client.runs.start({
      document,
      parameters,
      ...(to.length > 0 && { to }),
      ...(from.length > 0 && { from }),
      trust,
      tied: true,
    })
  } finally {
    checking?.done()
  }
}
