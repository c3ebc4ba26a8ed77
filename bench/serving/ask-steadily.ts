import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const warmUpSeconds = 1

/**
 * Asks a server so many times a second, whether it has answered or not, and gives the 99th percentile of the latencies in
 * ms. They are counted from when a request was due, so that a server which is behind cannot hide it.
 */
export async function askSteadily(
  url: string,
  { bodies, perSecond, seconds }: { bodies: readonly string[]; perSecond: number; seconds: number },
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const latencies: number[] = []
  const start = performance.now()
  const asked: Promise<void>[] = []
  const askOne = async (index: number, due: number): Promise<void> => {
    await post(url, { agent, body: bodies[index % bodies.length]! })
    if (index >= warmUpSeconds * perSecond) latencies.push(performance.now() - due)
  }
  const total = (warmUpSeconds + seconds) * perSecond
  for (let index = 0; index < total; index++) {
    const due = start + (index * 1000) / perSecond
    const early = due - performance.now()
    if (early > 1) await delay(early)
    asked.push(askOne(index, due))
  }
  await Promise.all(asked)
  agent.destroy()
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * 0.99)]!
}

function post(url: string, { agent, body }: { agent: Agent; body: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`)),
      )
    })
    asked.once('error', reject)
    asked.end(body)
  })
}
