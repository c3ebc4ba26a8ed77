import { join, resolve } from 'node:path'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ExportOptions } from '../program/options.ts'
import { withHost } from '../with-host.ts'

export async function exportModel(
  context: CommandContext,
  options: ExportOptions & { reference: string } & (
      | { kind: 'kserve'; storageUri: string }
      | { kind: 'docker' }
    ),
): Promise<ExitCode> {
  const { output, cwd } = context
  const { reference, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const target = resolve(cwd, options.output)
  const exported = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.models.export({
      reference,
      folder: target,
      ...(options.kind === 'kserve'
        ? { kind: options.kind, storageUri: options.storageUri }
        : { kind: options.kind }),
    }),
  )
  if (json) output.json({ folder: target, ...exported })
  else {
    output.line(`${exported.model}:${exported.version} in ${target}; README.md says how to go on.`)
    output.lines(exported.files.map((file) => `  ${join(options.output, file)}`))
  }
  return exitCodes.done
}
