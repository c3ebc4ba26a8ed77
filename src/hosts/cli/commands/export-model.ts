import { join, resolve } from 'node:path'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ExportOptions } from '../program/options.ts'
import { withHost } from '../with-host.ts'

export async function exportModel(
  context: CommandContext,
  options: ExportOptions & { reference: string; kind: 'kserve' | 'docker' },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, kind, storageUri, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const target = resolve(cwd, options.output)
  const exported = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.models.export({
      reference,
      kind,
      folder: target,
      ...(storageUri !== undefined && { storageUri }),
    }),
  )
  if (json) output.json({ folder: target, ...exported })
  else {
    output.line(`${exported.model}:${exported.version} in ${target}; README.md says how to go on.`)
    output.lines(exported.files.map((file) => `  ${join(options.output, file)}`))
  }
  return exitCodes.done
}
