import type { Host } from '../host.ts'
import type { CommandContext } from './command-context.ts'
import { countOf } from './terminal/format-amounts.ts'

/**
 * Does something in a workspace, as its host or through the host it has. `shared` lets others attach meanwhile: for
 * work that takes a while; `runsSteps` starts what runs them while the host is being loaded. `onRenewed`: the work outlives
 * the process that is the host, and this is told when another one, perhaps this, has become it.
 */
export async function withHost<Result>(
  context: CommandContext,
  options: {
    folder: string
    shared: boolean
    runsSteps?: boolean
    onRenewed?: (host: Host) => Promise<void>
  },
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  const early = options.runsSteps ? await startWorker(context) : null
  try {
    const composition = early?.composition ?? context.composition
    const { folder, shared, onRenewed } = options
    const request = { folder, shared, composition, signal: context.interrupts.first }
    const host = onRenewed
      ? await (await import('../open-lasting-host.ts')).openLastingHost(request, onRenewed)
      : await (await import('../open-host.ts')).openHost(request)
    // Where another process is the host, its workers run the steps.
    if (host.role === 'attached') early?.drop()
    return await withOpenHost(context, host, work)
  } finally {
    early?.drop()
  }
}

async function startWorker({ composition }: CommandContext) {
  const { startWorkerEarly } = await import('../start-worker-early.ts')
  return startWorkerEarly(composition)
}

async function withOpenHost<Result>(
  context: CommandContext,
  host: Host,
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  context.log = host.log
  try {
    return await work(host)
  } finally {
    await host.close({
      onWait: ({ jobs, clients }) =>
        context.output.remark(
          jobs > 0
            ? `Waiting for ${countOf(jobs, 'job')} that another command started here; Ctrl-C cancels.`
            : `Waiting for ${countOf(clients, 'other command')} at work through this one; Ctrl-C ends it for them, too.`,
        ),
      hurry: context.interrupts.next(),
    })
  }
}
