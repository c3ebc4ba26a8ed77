import { onTestFinished } from 'vitest'
import type { DeploymentEvent } from '../../../../src/contract/deployments-contract.ts'
import type { DeploymentInfo } from '../../../../src/contract/deployment-info.ts'
import type { ReferenceRows } from '../../../../src/contract/reference-rows.ts'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import { openDeployments, type Deployments } from '../../../../src/serving/deployments/open-deployments.ts'
import type { Workspace } from '../../../../src/storage/open-workspace.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'
import { FakeServers } from './fake-server.ts'

/** A workspace with two registered versions, deployments over doubles of server processes, and what happened. */
export interface Bench {
  workspace: Workspace
  servers: FakeServers
  deployments: Deployments
  /** What batch scoring answers; absent: there is no table to compare with. */
  reference: Map<string, ReferenceRows & { outcome: 'rows' }>
  /** Resolves with the deployment when it is as wished; rejects after a while. */
  until: (is: (deployment: DeploymentInfo) => boolean) => Promise<DeploymentInfo>
  /** States that were told, each once in a row. */
  states: string[]
}

export const specOf = (fields: object = {}) =>
  deploymentSpecSchema.parse({
    name: 'churn',
    versions: [{ reference: 'churn@champion' }],
    workers: 1,
    ...fields,
  })

export async function openBench({ workspace = null as Workspace | null } = {}): Promise<Bench> {
  const own = workspace ?? (await workspaceWithVersions())
  const servers = new FakeServers()
  const reference: Bench['reference'] = new Map()
  const deployments = openDeployments({
    workspace: own,
    spawnServer: servers.spawn,
    reference: async (artifact) => reference.get(artifact) ?? { outcome: 'none', reason: 'no-table' },
    cores: 1,
    onState: () => {},
    onDefect: (error) => {
      throw error
    },
  })
  const states: string[] = []
  const happened: DeploymentEvent[] = []
  const stop = new AbortController()
  const events = deployments.follow(stop.signal)
  void (async () => {
    for await (const event of events) {
      happened.push(event)
      if (event.event === 'state' && states.at(-1) !== event.deployment.state)
        states.push(event.deployment.state)
    }
  })()
  onTestFinished(async () => {
    await deployments.close()
    stop.abort()
  })
  return {
    workspace: own,
    servers,
    deployments,
    reference,
    states,
    async until(is) {
      for (let turn = 0; turn < 2_000; turn++) {
        const deployment = deployments.describe('churn')
        if (is(deployment)) return deployment
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      throw new Error(`still ${JSON.stringify(deployments.describe('churn'))}`)
    },
  }
}

async function workspaceWithVersions(): Promise<Workspace> {
  const workspace = await hostedWorkspace()
  const { tracking } = workspace
  for (const [index, hash] of ['m1', 'm2'].entries()) {
    const data = { type: '', metrics: {}, content: null }
    tracking.artifacts.put(
      { manifest: { kind: 'report', hash, data, refs: [], files: {} }, manifestSha256: hash },
      { now: 1 },
    )
    const aliases = index === 0 ? ['champion'] : []
    tracking.models.register({ model: 'churn', artifact: hash, aliases, runId: null, metrics: {}, now: 1 })
  }
  return workspace
}

/** Three held-out rows that batch scoring answers with “Yes”. */
export const threeRows: ReferenceRows & { outcome: 'rows' } = {
  outcome: 'rows',
  table: 'table',
  part: 'test',
  rows: [{ tenure: 1 }, { tenure: 2 }, { tenure: 3 }],
  answers: [1, 2, 3].map(() => ({ answer: 'Yes', probabilities: null })),
  classes: [],
  unsayable: 0,
}
