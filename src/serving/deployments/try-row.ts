import type { TriedRow } from '../../contract/deployments-contract.ts'
import type { RawValue } from '../../contract/model-details.ts'
import { openEndpointClient } from './ask-endpoint.ts'
import { deploymentError } from './errors.ts'
import { oneAnswerSchema, parseBody, refusalSchema } from './read-answer.ts'

/** One raw row through a live endpoint, as any caller would send it. */
export async function tryRow(
  endpoint: { name: string; address: string; token: string | null },
  row: Readonly<Record<string, RawValue>>,
): Promise<TriedRow> {
  const client = openEndpointClient(endpoint)
  try {
    const asked = client.predict(row).catch((cause: unknown) => {
      throw deploymentError('off', { name: endpoint.name }, { cause })
    })
    const { status, headers, body, durationMs } = await asked
    const parsed = parseBody(body)
    const answered = oneAnswerSchema.safeParse(parsed).data
    if (status === 200 && answered) {
      const { model, version, prediction, probabilities, predictionId, fallback = false } = answered
      return {
        outcome: 'answered',
        status,
        durationMs,
        model,
        version,
        predictionId,
        requestId: String(headers['x-request-id'] ?? ''),
        isFallback: fallback,
        answer: prediction,
        probabilities: probabilities
          ? Object.entries(probabilities).map(([name, probability]) => ({
              class: name,
              probability: probability ?? 0,
            }))
          : null,
        body,
      }
    }
    const refused = refusalSchema.safeParse(parsed).data?.error
    return {
      outcome: 'refused',
      status,
      durationMs,
      message: refused?.message ?? body.slice(0, 500),
      problems: (refused?.problems ?? []).map(({ field, message }) => ({ field, message })),
      body,
    }
  } finally {
    client.close()
  }
}
