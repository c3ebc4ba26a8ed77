import { setTimeout as sleep } from 'node:timers/promises'
import type { Verification } from '../../contract/deployment-info.ts'
import { PipewrightError, reportOf } from '../../core/errors.ts'
import type { LoadableVersion } from '../server-protocol.ts'
import { openEndpointClient } from './ask-endpoint.ts'
import type { DeploymentParts } from './deployment-parts.ts'
import { deploymentError } from './errors.ts'
import { verifyVersion } from './verify-version.ts'

/** What is known of the answers of one deployment, by the artifacts of its models. */
export interface Verifier {
  readonly all: ReadonlyMap<string, Verification>
  /** The table that a model was compared with. */
  tableOf(artifact: string): string | null
  /** Throws `deployment.answers-differ`, or `deployment.replay-failed`. */
  verify(
    versions: readonly LoadableVersion[],
    endpoint: { address: string; token: string | null },
  ): Promise<void>
}

const mostAttempts = 4
const retryMs = 500
const notYet: Verification = { state: 'none', report: null, rows: 0, at: null, problem: null }

export function openVerifier(
  name: string,
  parts: Pick<DeploymentParts, 'workspace' | 'reference'> & {
    replayKey: string
    signal: AbortSignal
    onChange: () => void
  },
): Verifier {
  const { workspace, onChange } = parts
  const { deployments } = workspace.tracking
  const known = deployments.find(name) ? deployments.verifications(name) : []
  const all = new Map<string, Verification>(
    known.map(({ artifact, ...verification }) => [artifact, verification]),
  )
  const tables = new Map<string, string>()
  return {
    all,
    tableOf: (artifact) => tables.get(artifact) ?? null,
    async verify(versions, endpoint) {
      const client = openEndpointClient(endpoint)
      try {
        for (const version of versions) {
          const { artifact } = version
          all.set(artifact, { ...notYet, state: 'running' })
          onChange()
          const verifying = tryAgain(() => verifyVersion(version, { ...parts, client }), parts.signal)
          const { verification, table } = await verifying.catch((error: unknown) => {
            const failure = replayFailed(error, name)
            all.set(artifact, { ...notYet, problem: reportOf(failure) })
            throw failure
          })
          all.set(artifact, verification)
          if (table !== null) tables.set(artifact, table)
          const { state, report, rows, problem, at } = verification
          deployments.keepVerification(name, { artifact, state, report, rows, problem, at })
          if (state === 'failed') throw new PipewrightError(problem!)
        }
      } finally {
        client.close()
      }
    },
  }
}

/** A process that ended meanwhile is there again a moment later. */
async function tryAgain<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (error instanceof PipewrightError || signal.aborted || attempt === mostAttempts) throw error
      await sleep(retryMs * attempt, undefined, { signal })
    }
}

function replayFailed(error: unknown, name: string): PipewrightError {
  if (error instanceof PipewrightError) return error
  const problem = error instanceof Error ? error.message : String(error)
  return deploymentError('replay-failed', { name, problem }, { cause: error })
}
