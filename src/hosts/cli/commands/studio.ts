import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Host } from '../../host.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { workspaceAbove } from '../find-workspace.ts'
import { openBrowser } from '../open-browser.ts'
import type { StudioOptions } from '../program/options.ts'
import { usageError } from '../errors.ts'
import { withHost } from '../with-host.ts'

/** The app in the browser, until Ctrl-C. */
export async function studio(
  context: CommandContext,
  options: StudioOptions & { folder: string | undefined },
): Promise<ExitCode> {
  const folder = folderOf(context.cwd, options.folder)
  const { first } = context.interrupts
  const onRenewed = async (host: Host): Promise<void> => {
    context.output.remark(
      'The process that worked on the workspace has ended; this one goes on in its place.',
    )
    await host.client.deployments.resume()
  }
  return withHost(context, { folder, shared: true, onRenewed }, async (host) => {
    const { openHttpHost } = await import('../../http/open-http-host.ts')
    const { renderer } = context.composition
    await host.client.deployments.resume()
    const http = await openHttpHost({ host, renderer, port: options.port ?? 0 })
    const address = http.startAddress()
    context.output.lines([`Pipewright works on ${host.paths.folder}`, `Open ${address}`])
    context.output.remark('The address counts once, for a minute. Ctrl-C ends Pipewright.')
    if (options.open) openBrowser(address)
    await new Promise<void>((resolve) => {
      if (first.aborted) resolve()
      else first.addEventListener('abort', () => resolve(), { once: true })
    })
    await http.close()
    return exitCodes.done
  })
}

function folderOf(cwd: string, named: string | undefined): string {
  if (named === undefined) return workspaceAbove(cwd) ?? cwd
  const folder = resolve(cwd, named)
  if (!existsSync(folder)) throw usageError('no-folder', { folder })
  return folder
}
