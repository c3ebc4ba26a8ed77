import type { ReproducedStepData } from '../../../contract/runs-contract.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { Output } from '../output.ts'
import { printError } from '../print-error.ts'
import type { ListOptions } from '../program/options.ts'
import { countOf } from '../terminal/format-amounts.ts'
import { showWaiting, type Waiting } from '../terminal/show-waiting.ts'
import { withHost } from '../with-host.ts'

export async function reproduce(
  context: CommandContext,
  options: ListOptions & { run: string; threads?: number },
): Promise<ExitCode> {
  const { output, cwd, interrupts } = context
  const { run, threads, json } = options
  const folder = existingWorkspace({ named: options.workspace, cwd })
  return withHost(context, { folder, shared: true }, async ({ client }) => {
    const events = await client.runs.reproduce(
      { run, ...(threads !== undefined && { threads }) },
      { signal: interrupts.first },
    )
    let identical = false
    let waiting: Waiting | undefined
    try {
      for await (const event of events) {
        if (json) output.line(JSON.stringify(event))
        else if (event.event === 'reproduction-started') {
          const { id, pipelineName } = event.run
          waiting = showWaiting(output, {
            what: `Reproducing run ${id} of ${pipelineName}`,
            kept: true,
          })
        } else {
          waiting?.done()
          printReproduction(event, output)
        }
        if (event.event === 'reproduction-finished') identical = event.identical
      }
    } finally {
      waiting?.done()
    }
    return identical ? exitCodes.done : exitCodes.failed
  })
}

function printReproduction(
  { identical, steps }: { identical: boolean; steps: readonly ReproducedStepData[] },
  output: Output,
): void {
  const { green, red, dim } = output.style
  const nameWidth = Math.max(0, ...steps.map(({ node }) => node.length))
  for (const step of steps) {
    const isSame = step.kind === 'compared' && step.ports.every(({ equal }) => equal)
    const icon = isSame ? green('✓') : step.kind === 'not-repeated' ? dim('–') : red('✗')
    output.line(`  ${icon} ${step.node.padEnd(nameWidth)}  ${dim(outcomeOf(step))}`)
    if (step.kind === 'failed') printError({ ...step.error, at: { node: step.node } }, { output })
  }
  const compared = steps.flatMap((step) => (step.kind === 'compared' ? step.ports : []))
  const different = compared.filter(({ equal }) => !equal).length
  output.line()
  output.line(
    identical
      ? `${green('Identical')}: ${countOf(compared.length, 'result')} compared.`
      : `${red('Not reproduced')}: ${different} of ${countOf(compared.length, 'result')} differ.`,
  )
}

function outcomeOf(step: ReproducedStepData): string {
  switch (step.kind) {
    case 'compared': {
      const different = step.ports.filter(({ equal }) => !equal)
      return different.length === 0
        ? `identical ${step.ports.map(({ now }) => now.slice(0, 12)).join(' ')}`
        : different
            .map(({ port, before, now }) => `${port}: ${before.slice(0, 12)} is now ${now.slice(0, 12)}`)
            .join(', ')
    }
    case 'not-repeated':
      return 'changes something outside, so it was not repeated'
    case 'failed':
      return 'failed'
    case 'not-reached':
      return 'not reached'
  }
}
