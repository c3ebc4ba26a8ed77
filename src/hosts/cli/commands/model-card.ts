import { writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { cardAsMarkdown } from '../../../../nodes/report-pages/model-card/card-as-markdown.ts'
import { cardAsPage } from '../../../../nodes/report-pages/model-card/card-as-page.ts'
import type { Card } from '../../../../nodes/report-pages/model-card/card-parts.ts'
import { composeCard } from '../../../../nodes/report-pages/model-card/compose-card.ts'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import { writeAtomically } from '../../../files/write-atomically.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import { gatherCard } from '../model-card/gather-card.ts'
import type { WorkspaceOption } from '../program/options.ts'
import { withHost } from '../with-host.ts'

/** Writes the card of a model to a file, or as Markdown where no file is named. */
export async function writeModelCard(
  context: CommandContext,
  options: WorkspaceOption & { reference: string; output?: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, output: file } = options
  const write = file === undefined ? cardAsMarkdown : writerFor(file)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const source = await withHost(context, { folder, shared: false }, ({ client }) =>
    gatherCard(client, reference),
  )
  const text = write(composeCard(source))
  if (file === undefined) {
    output.stdout.write(text)
    return exitCodes.done
  }
  await writeAtomically(resolve(cwd, file), (temporary) => writeFile(temporary, text)).catch(
    (cause: unknown) => {
      throw usageError('not-written', { path: file, problem: reasonOfFailure(cause) }, { cause })
    },
  )
  output.line(`The card of ${source.registered.model}:${source.registered.version} is in ${file}.`)
  return exitCodes.done
}

function writerFor(file: string): (card: Card) => string {
  switch (extname(file).toLowerCase()) {
    case '.md':
    case '.markdown':
      return cardAsMarkdown
    case '.html':
    case '.htm':
      return cardAsPage
    default:
      throw usageError('card-format', { path: file })
  }
}
