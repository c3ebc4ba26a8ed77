import type { Client } from '../../src/contract/create-client.ts'
import type { ModelMapping } from '../../src/contract/model-import.ts'
import { PipewrightError } from '../../src/core/errors.ts'

/** Imports a model, and waits until it is registered. Throws what was wrong with it. */
export async function runImport(
  client: Client,
  request: { path: string; reference: string | null; name: string; mapping: ModelMapping },
): Promise<void> {
  const { reference, ...rest } = request
  const started = await client.models.import({
    ...rest,
    ...(reference !== null && { reference }),
    aliases: [],
    tied: true,
  })
  if (started.outcome === 'refused') {
    const [finding] = started.findings
    throw refusal(finding?.message ?? 'The model cannot be imported.', finding?.remedy ?? '')
  }
  for await (const event of await client.runs.events({ run: started.run, after: 0 })) {
    if (event.event === 'step-failed') throw new PipewrightError(event.error)
    if (event.event === 'run-finished' && event.status !== 'done')
      throw refusal('The import was cancelled.', 'Import the model again.')
  }
}

function refusal(message: string, remedy: string): PipewrightError {
  return new PipewrightError({ code: 'import.refused', kind: 'user', message, remedy, values: {} })
}
