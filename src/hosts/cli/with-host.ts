import type { Host } from '../host.ts'
import type { CommandContext } from './command-context.ts'
import { countOf } from './terminal/format-amounts.ts'

/**
 * Does something in a workspace, as its host or through the host it has. `shared` lets others attach meanwhile: for
 * work that takes a while.
 */
export async function withHost<Result>(
  context: CommandContext,
  options: { folder: string; shared: boolean },
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  const { openHost } = await import('../open-host.ts')
  const host = await openHost({
    ...options,
    composition: context.composition,
    signal: context.interrupts.first,
  })
  context.log = host.log
  try {
    return await work(host)
  } finally {
    await host.close({
      onWait: ({ jobs }) =>
        context.output.remark(
          `Waiting for ${countOf(jobs, 'job')} that another command started here; Ctrl-C cancels.`,
        ),
      hurry: context.interrupts.next(),
    })
  }
}
