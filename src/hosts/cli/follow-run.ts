import type { Client } from '../../contract/create-client.ts'
import type { CommandContext } from './command-context.ts'
import { usageError } from './errors.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { writeRunFinished } from './run-view/present-json.ts'
import { presentRun } from './run-view/present-run.ts'
import { printOutcome } from './run-view/print-outcome.ts'
import type { RunView } from './run-view/run-view.ts'

/** Shows a run to its end; the first interrupt cancels it, and it alone. */
export async function followRun(
  context: CommandContext,
  options: { client: Client; run: string; json: boolean; outcome?(view: RunView): void },
): Promise<ExitCode> {
  const { client, run, json } = options
  const { output, interrupts } = context
  const presenter = presentRun(output, { json })
  const cancel = (): void => void client.runs.cancel({ run }).catch(() => {})
  try {
    if (interrupts.first.aborted) cancel()
    else interrupts.first.addEventListener('abort', cancel, { once: true })
    for await (const event of await client.runs.events({ run, after: 0 })) presenter.event(event)
  } finally {
    interrupts.first.removeEventListener('abort', cancel)
    presenter.end()
  }
  const { summary } = presenter.view
  if (!summary) throw usageError('run-without-end', { run })
  if (json) writeRunFinished(output, summary)
  else {
    options.outcome?.(presenter.view)
    printOutcome(presenter.view, output)
  }
  return exitCodeOfRun(summary.status)
}

function exitCodeOfRun(status: 'done' | 'failed' | 'cancelled'): ExitCode {
  switch (status) {
    case 'done':
      return exitCodes.done
    case 'failed':
      return exitCodes.failed
    case 'cancelled':
      return exitCodes.cancelled
  }
}
