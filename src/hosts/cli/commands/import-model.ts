import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { modelMappingSchema, type ModelMapping } from '../../../contract/model-import.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceHere } from '../find-workspace.ts'
import { followRun } from '../follow-run.ts'
import { printDataFindings } from '../print-findings.ts'
import type { ImportOptions } from '../program/options.ts'
import { writeFindings, writeRunFinished } from '../run-view/present-json.ts'
import { withHost } from '../with-host.ts'

/** `pipewright models import`: a run that imports the file and registers the model. */
export async function importModel(
  context: CommandContext,
  options: ImportOptions & { file: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { file, reference, name, json } = options
  for (const path of [file, reference])
    if (path !== undefined && !existsSync(resolve(cwd, path)))
      throw usageError('data-missing', { path, folder: cwd })
  const mapping = await mappingOf(options, cwd)
  const folder = workspaceHere({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: true }, async ({ client }) => {
    const started = await client.models.import({
      path: resolve(cwd, file),
      ...(reference !== undefined && { reference: resolve(cwd, reference) }),
      name,
      aliases: options.alias,
      mapping,
      tied: true,
    })
    if (started.outcome === 'refused') {
      if (json) {
        writeFindings(output, started.findings)
        writeRunFinished(output)
      } else printDataFindings(started.findings, { output, file })
      return exitCodes.badUsage
    }
    return followRun(context, { client, run: started.run, json })
  })
}

/** The mapping of the file, with what the options say instead. */
async function mappingOf(options: ImportOptions, cwd: string): Promise<ModelMapping> {
  const { columns, labels, target, positive } = options
  return {
    ...(options.mapping !== undefined && (await readMapping(resolve(cwd, options.mapping)))),
    ...(columns && { columns }),
    ...(labels && { labels }),
    ...(target !== undefined && { target }),
    ...(positive !== undefined && { positive }),
  }
}

async function readMapping(path: string): Promise<ModelMapping> {
  const bad = (problem: string, cause: unknown): never => {
    const example = '{"columns": ["tenure", "charges"], "labels": ["no", "yes"]}'
    throw usageError('bad-mapping', { path, problem, example }, { cause })
  }
  const text = await readFile(path, 'utf8').catch((cause: unknown) => bad(reasonOfFailure(cause), cause))
  try {
    return modelMappingSchema.parse(JSON.parse(text))
  } catch (cause) {
    return bad('it has not the form that is known here', cause)
  }
}
