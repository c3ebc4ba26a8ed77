import { extname } from 'node:path'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { WorkspaceOption } from '../program/options.ts'
import { withHost } from '../with-host.ts'
import { writeResult } from '../write-result.ts'

/** Writes the card of a model to a file, or as Markdown where no file is named. */
export async function writeModelCard(
  context: CommandContext,
  options: WorkspaceOption & { reference: string; output?: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, output: file } = options
  const form = file === undefined ? 'markdown' : formOf(file)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const found = await withHost(context, { folder, shared: false }, async ({ client }) => {
    const { version } = await client.models.show({ reference })
    return { version, card: await client.models.card({ reference }) }
  })
  const text = found.card[form]
  if (file === undefined) {
    output.stdout.write(text)
    return exitCodes.done
  }
  await writeResult(file, { cwd, text })
  output.line(`The card of ${found.version.model}:${found.version.version} is in ${file}.`)
  return exitCodes.done
}

function formOf(file: string): 'markdown' | 'html' {
  switch (extname(file).toLowerCase()) {
    case '.md':
    case '.markdown':
      return 'markdown'
    case '.html':
    case '.htm':
      return 'html'
    default:
      throw usageError('card-format', { path: file })
  }
}
