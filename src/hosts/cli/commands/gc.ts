import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ListOptions } from '../program/options.ts'
import { countOf, formatBytes } from '../terminal/format-amounts.ts'
import { withHost } from '../with-host.ts'

export async function collectGarbage(
  context: CommandContext,
  options: ListOptions & { dryRun: boolean; verify: boolean; keepRuns: number },
): Promise<ExitCode> {
  const { output, cwd } = context
  const { dryRun, verify, keepRuns } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const report = await withHost(context, { folder, shared: true }, ({ client }) =>
    client.workspace.gc({ dryRun, verify, keepRuns }, { signal: context.interrupts.first }),
  )
  const { removed, kept, verified } = report
  const isDamaged = verified !== null && verified.damaged.length > 0
  if (options.json) output.json(report)
  else {
    if (verified) {
      output.line(`Verified ${countOf(verified.checked, 'result')}, ${verified.damaged.length} damaged.`)
      for (const { hash, file } of verified.damaged) output.line(`  ${hash.slice(0, 12)}  ${file}`)
    }
    const said = dryRun ? 'Would remove' : 'Removed'
    output.line(`${said} ${amountOf(removed)}; ${amountOf(kept)} kept.`)
  }
  return isDamaged ? exitCodes.failed : exitCodes.done
}

const amountOf = ({ count, sizeBytes }: { count: number; sizeBytes: number }): string =>
  `${countOf(count, 'result')} (${formatBytes(sizeBytes)})`
