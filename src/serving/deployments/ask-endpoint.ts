import { Agent, request } from 'node:http'

/** An answer of an endpoint, as it came. */
export interface EndpointAnswer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
  durationMs: number
}

/** Asks an endpoint on this machine, over connections that are kept. */
export interface EndpointClient {
  predict(body: unknown, headers?: Readonly<Record<string, string>>): Promise<EndpointAnswer>
  close(): void
}

const timeoutMs = 60_000

export function openEndpointClient({
  address,
  token,
}: {
  address: string
  token: string | null
}): EndpointClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  return {
    predict: (body, headers = {}) =>
      new Promise((resolve, reject) => {
        const started = performance.now()
        const text = Buffer.from(JSON.stringify(body))
        const asked = request(
          new URL('/predict', address),
          {
            agent,
            method: 'POST',
            timeout: timeoutMs,
            headers: {
              'content-type': 'application/json',
              'content-length': text.length,
              ...(token !== null && { authorization: `Bearer ${token}` }),
              ...headers,
            },
          },
          (response) => {
            const pieces: Buffer[] = []
            response.on('data', (piece: Buffer) => pieces.push(piece))
            response.on('error', reject)
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: Buffer.concat(pieces).toString('utf8'),
                durationMs: performance.now() - started,
              }),
            )
          },
        )
        asked.on('timeout', () => asked.destroy(new Error(`no answer within ${timeoutMs / 1_000} seconds`)))
        asked.on('error', reject)
        asked.end(text)
      }),
    close: () => agent.destroy(),
  }
}
