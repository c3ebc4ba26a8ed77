import type { Client } from '../../../contract/create-client.ts'
import type { WantedAnswer } from '../../../contract/model-counterfactuals.ts'
import type { RawValue } from '../../../contract/model-details.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { printCounterfactuals, printExplanation } from '../explain/print-explanation.ts'
import { readRow } from '../explain/read-row.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ExplainOptions } from '../program/options.ts'
import { withHost } from '../with-host.ts'

interface Request extends ExplainOptions {
  reference: string
}

/** Tells why a model answers a row as it does, and, when asked to, what would make it answer otherwise. */
export async function explainAnswer(context: CommandContext, options: Request): Promise<ExitCode> {
  const { output, cwd } = context
  const wanted = wantedOf(options)
  const row = await readRow(options.row, cwd)
  const folder = existingWorkspace({ named: options.workspace, cwd })
  const told = await withHost(context, { folder, shared: false }, ({ client }) =>
    ask(client, { options, row, wanted }),
  )
  const { explanation, counterfactuals } = told
  if (options.json) output.json(told)
  if (explanation.outcome === 'refused') {
    if (!options.json)
      for (const { input, message } of explanation.problems) output.remark(`${input}: ${message}`)
    return exitCodes.badUsage
  }
  if (options.json) return exitCodes.done
  printExplanation(explanation, output)
  if (counterfactuals?.outcome === 'searched') {
    output.line()
    printCounterfactuals(counterfactuals, output)
  }
  return exitCodes.done
}

async function ask(
  client: Client,
  asked: { options: Request; row: Record<string, RawValue>; wanted: WantedAnswer | undefined },
) {
  const { options, row, wanted } = asked
  const model = { reference: options.reference }
  const explanation = await client.models.explain({
    model,
    row,
    ...(options.class !== undefined && { class: options.class }),
  })
  if (!options.counterfactual || explanation.outcome === 'refused') return { explanation }
  const counterfactuals = await client.models.counterfactuals({
    model,
    row,
    mostChanges: options.mostChanges,
    ...(wanted && { wanted }),
    ...(options.change.length > 0 && { columns: options.change }),
  })
  return { explanation, counterfactuals }
}

function wantedOf({ want, atLeast, atMost, counterfactual }: Request): WantedAnswer | undefined {
  const given = [want, atLeast, atMost].filter((each) => each !== undefined)
  if (given.length > 1) throw usageError('two-answers')
  if (given.length > 0 && !counterfactual) throw usageError('answer-without-search')
  if (atLeast !== undefined) return { atLeast }
  if (atMost !== undefined) return { atMost }
  return want === undefined ? undefined : { class: want }
}
