import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceOfFile } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { countOf } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'

export async function forget(
  context: CommandContext,
  options: ListOptions & { file: string; nodes: string[] },
): Promise<ExitCode> {
  const { output, cwd } = context
  context.file = options.file
  const document = await readPipelineFile(options.file, cwd)
  const folder = workspaceOfFile({ file: document.path, named: options.workspace, cwd })
  const forgotten = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.pipelines.forget({ document, nodes: options.nodes }, { signal: context.interrupts.first }),
  )
  if (options.json) output.json(forgotten)
  else
    output.line(
      `Forgot ${countOf(forgotten.results, 'result')}. These run again next time: ${forgotten.nodes.join(', ')}.`,
    )
  return exitCodes.done
}
