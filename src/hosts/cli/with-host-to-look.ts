import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '../host.ts'
import type { CommandContext } from './command-context.ts'
import { isWorkspace, workspaceOfFile } from './find-workspace.ts'
import { withHost } from './with-host.ts'

/** Looks at a pipeline file in its workspace; where there is none yet, in one that is gone afterwards. */
export async function withHostToLook<Result>(
  context: CommandContext,
  options: { file: string; named: string | undefined },
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  const folder = workspaceOfFile({ ...options, cwd: context.cwd })
  if (options.named !== undefined || isWorkspace(folder))
    return withHost(context, { folder, shared: false }, work)
  const { log } = context
  const passing = await mkdtemp(join(tmpdir(), 'pipewright-look-'))
  try {
    return await withHost(context, { folder: passing, shared: false }, work)
  } finally {
    context.log = log
    await rm(passing, { recursive: true, force: true, maxRetries: 3 })
  }
}
