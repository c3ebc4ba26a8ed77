import { openCatalogue } from '../../open-catalogue.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { replaceFile } from '../replace-file.ts'
import { formatTable } from '../terminal/format-table.ts'

/** What a pipeline file refers to, and whether it is still that. */
export async function listSubpipelines(
  context: CommandContext,
  options: { file: string; json: boolean },
): Promise<ExitCode> {
  const { output, cwd } = context
  context.file = options.file
  const document = await readPipelineFile(options.file, cwd)
  const { references } = await (await openCatalogue(context)).pipelines.refresh({ document })
  if (options.json) output.json({ references })
  else if (references.length === 0) output.line(`${options.file} refers to no other pipeline file.`)
  else {
    const rows = references.map(({ subpipeline, path, before, now }) => [
      subpipeline,
      before === now ? 'as referred to' : 'changed',
      path,
    ])
    const columns = [{ title: 'sub-pipeline' }, { title: 'state' }, { title: 'file' }]
    output.lines(formatTable({ columns, rows, width: output.width }))
  }
  return exitCodes.done
}

/** Makes the references of a pipeline file mean the files as they are now. */
export async function refreshSubpipelines(
  context: CommandContext,
  options: { file: string; json: boolean },
): Promise<ExitCode> {
  const { output, cwd } = context
  context.file = options.file
  const document = await readPipelineFile(options.file, cwd)
  const { text, references } = await (await openCatalogue(context)).pipelines.refresh({ document })
  const changed = references.filter(({ before, now }) => before !== now)
  if (changed.length > 0) await replaceFile(document.path, { name: options.file, text })
  if (options.json) output.json({ references })
  else if (changed.length === 0) output.line('Every reference is up to date.')
  else for (const { subpipeline, path } of changed) output.line(`“${subpipeline}” is ${path} as it is now.`)
  return exitCodes.done
}
