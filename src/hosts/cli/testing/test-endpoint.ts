import type { Client } from '../../../contract/create-client.ts'
import type { DeploymentInfo, Verification } from '../../../contract/deployment-info.ts'
import type { TestCase } from '../../../contract/test-case.ts'
import { deploymentSpecSchema } from '../../../core/deployment.ts'
import type { EndpointCheck } from '../../../core/endpoint-check.ts'
import { PipewrightError, reportOf } from '../../../core/errors.ts'

/**
 * Serves a model under a name of its own, by one process that logs nothing, and says whether its live answers are those
 * of `predict`, and, where that is asked, how long they take. The endpoint is gone afterwards.
 */
export async function testEndpoint(
  client: Client,
  check: EndpointCheck,
  { name, signal }: { name: string; signal: AbortSignal },
): Promise<TestCase[]> {
  const suite = suiteOf(check)
  const started = Date.now()
  try {
    const served = await startServing(client, { model: check.model, name, signal })
    const durationMs = Date.now() - started
    const cases: TestCase[] = served.versions.map(({ model, version, verification }) => ({
      suite,
      name: nameOf(model === null ? check.model : `${model}:${version}`, verification.rows),
      outcome: outcomes[verification.state],
      message: messageOf(verification),
      durationMs,
    }))
    const latency =
      check.p99Ms === undefined ? [] : [await latencyCase(client, check, { suite, name, signal })]
    return [...cases, ...latency]
  } catch (error) {
    signal.throwIfAborted()
    const { message, remedy } = reportOf(error)
    const durationMs = Date.now() - started
    return [
      { suite, name: nameOf(check.model), outcome: 'failed', message: `${message} ${remedy}`, durationMs },
    ]
  } finally {
    await client.deployments.remove({ name }).catch(() => {})
  }
}

/** What is said of a model that is not there to be tested. */
export function skippedEndpoint(check: EndpointCheck, message: string): TestCase {
  return {
    suite: suiteOf(check),
    name: nameOf(check.model),
    outcome: 'skipped',
    message,
    durationMs: null,
  }
}

const suiteOf = ({ model }: EndpointCheck): string => `endpoint ${model}`

const nameOf = (model: string, rows = 0): string =>
  `${rows > 0 ? `${rows} ` : ''}held-out rows are answered by ${model} as by predict`

const outcomes: Readonly<Record<Verification['state'], TestCase['outcome']>> = {
  verified: 'passed',
  waiting: 'skipped',
  none: 'failed',
  running: 'failed',
  failed: 'failed',
}

const messageOf = ({ problem }: Verification): string | null =>
  problem ? `${problem.message} ${problem.remedy}` : null

async function startServing(
  client: Client,
  { model, name, signal }: { model: string; name: string; signal: AbortSignal },
): Promise<DeploymentInfo> {
  const spec = deploymentSpecSchema.parse({
    name,
    versions: [{ reference: model }],
    workers: 1,
    log: { share: 0 },
  })
  const over = new AbortController()
  const events = await client.deployments.events({}, { signal: AbortSignal.any([signal, over.signal]) })
  try {
    await client.deployments.serve({ spec })
    for await (const event of events) {
      if (event.event !== 'state' || event.deployment.name !== name) continue
      const { state, error } = event.deployment
      if (state === 'on') return event.deployment
      if ((state === 'failed' || state === 'degraded') && error) throw new PipewrightError(error)
    }
  } finally {
    over.abort()
  }
  throw new TypeError('the events of an endpoint ended before it was ready')
}

async function latencyCase(
  client: Client,
  { p99Ms = Infinity, requests }: EndpointCheck,
  { suite, name, signal }: { suite: string; name: string; signal: AbortSignal },
): Promise<TestCase> {
  const { inputs } = await client.deployments.show({ name })
  const row = inputs?.example ?? {}
  const durations: number[] = []
  // The first ones meet cold code.
  for (let request = -warmUps; request < requests; request += 1) {
    signal.throwIfAborted()
    const answer = await client.deployments.tryIt({ name, row })
    if (answer.outcome === 'refused') throw new TypeError(`the endpoint refused a row: ${answer.message}`)
    if (request >= 0) durations.push(answer.durationMs)
  }
  const sorted = durations.toSorted((one, other) => one - other)
  const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1]!
  const isFast = p99 <= p99Ms
  return {
    suite,
    name: `99 of 100 single rows are answered within ${p99Ms} ms`,
    outcome: isFast ? 'passed' : 'failed',
    message: isFast ? null : `It took ${p99.toFixed(2)} ms.`,
    durationMs: durations.reduce((sum, duration) => sum + duration, 0),
  }
}

const warmUps = 20
