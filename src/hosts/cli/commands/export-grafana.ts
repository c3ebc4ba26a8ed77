import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ExportOptions } from '../program/options.ts'
import { withHost } from '../with-host.ts'
import { writeResult } from '../write-result.ts'

/** Writes over what an earlier export wrote: rules change, and the files follow them. */
export async function exportGrafana(
  context: CommandContext,
  options: ExportOptions & { deployment: string | undefined },
): Promise<ExitCode> {
  const { output, cwd } = context
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const { files } = await withHost(context, { folder, shared: false }, ({ client }) =>
    client.alerts.grafana({ deployment: options.deployment ?? null }),
  )
  const target = resolve(cwd, options.output)
  try {
    await mkdir(target, { recursive: true })
  } catch (cause) {
    throw usageError('not-written', { path: options.output, problem: reasonOfFailure(cause) }, { cause })
  }
  for (const [name, text] of Object.entries(files))
    await writeResult(join(options.output, name), { cwd, text })
  const names = Object.keys(files)
  if (options.json) output.json({ folder: target, files: names })
  else {
    output.line(`For Grafana and Prometheus in ${target}; README.md says how to go on.`)
    output.lines(names.map((name) => `  ${join(options.output, name)}`))
  }
  return exitCodes.done
}
