import { statSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deploymentSpecSchema, type DeploymentSpec } from '../../../src/core/deployment.ts'
import { workspaceSecret } from '../../../src/storage/workspace-secret.ts'
import { temporaryTracking } from './storage-samples.ts'

const specOf = (fields: Partial<DeploymentSpec> = {}): DeploymentSpec =>
  deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn@champion' }], ...fields })

const apply = (spec: DeploymentSpec, now = 1) => ({ spec, madeBy: null, now })

describe('deployments in the database', () => {
  it('keep what was wished for, and know an equal wish', () => {
    const { deployments } = temporaryTracking()
    const first = deployments.apply(apply(specOf()))
    expect(first).toMatchObject({ changed: true, deployment: { number: 1, revision: 1, isOn: false } })
    expect(deployments.apply(apply(specOf(), 2))).toEqual({ changed: false, deployment: first.deployment })
    expect(deployments.apply(apply(specOf({ timeoutMs: 500 }), 3))).toMatchObject({
      changed: true,
      deployment: { number: 1, revision: 2, changedAt: 3, spec: { timeoutMs: 500 } },
    })
    expect(deployments.history('churn').map(({ what, revision }) => [what, revision])).toEqual([
      ['changed', 2],
      ['created', 1],
    ])
  })

  it('keep the port between starts until another is wished for', () => {
    const { deployments } = temporaryTracking()
    deployments.apply(apply(specOf()))
    deployments.keepPorts({ name: 'churn', port: 8750, grpcPort: null })
    deployments.apply(apply(specOf({ timeoutMs: 500 })))
    expect(deployments.get('churn').port).toBe(8750)
    deployments.apply(apply(specOf({ port: 9000 })))
    expect(deployments.get('churn').port).toBe(9000)
    deployments.apply(apply(specOf()))
    expect(deployments.get('churn').port).toBeNull()
  })

  it('never give a number twice', () => {
    const { deployments } = temporaryTracking()
    deployments.apply(apply(specOf()))
    deployments.remove('churn')
    expect(deployments.apply(apply(specOf())).deployment.number).toBe(2)
  })

  it('note the switch once, and forget what was rolled back with the next wish', () => {
    const { deployments } = temporaryTracking()
    deployments.apply(apply(specOf()))
    for (const now of [2, 3]) deployments.switch({ name: 'churn', isOn: true, now })
    deployments.rollBack({ name: 'churn', artifact: 'm2', note: 'too slow', now: 4 })
    expect(deployments.get('churn')).toMatchObject({ isOn: true, rolledBack: ['m2'] })
    expect(deployments.history('churn').map(({ what }) => what)).toEqual([
      'rolled-back',
      'switched-on',
      'created',
    ])
    deployments.apply(apply(specOf({ timeoutMs: 500 })))
    expect(deployments.get('churn').rolledBack).toEqual([])
  })

  it('say which name was meant', () => {
    const { deployments } = temporaryTracking()
    expect(() => deployments.get('chrun')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('`pipewright serve MODEL` makes one') }),
    )
    deployments.apply(apply(specOf()))
    expect(() => deployments.get('chrun')).toThrow(
      expect.objectContaining({ code: 'registry.unknown-deployment', remedy: 'Did you mean “churn”?' }),
    )
  })

  it('keep what they need from garbage collection', () => {
    const { deployments, artifacts } = temporaryTracking()
    for (const hash of ['model', 'table', 'report'])
      artifacts.put(
        {
          manifest: {
            kind: 'report',
            hash,
            data: { type: '', metrics: {}, content: null },
            refs: [],
            files: {},
          },
          manifestSha256: hash,
        },
        { now: 1 },
      )
    const unneeded = () => artifacts.unneeded({ keepRuns: 0, keys: [], held: [] }).map(({ hash }) => hash)
    deployments.apply(apply(specOf()))
    deployments.keepArtifacts('churn', ['table', 'gone'])
    deployments.keepVerification('churn', {
      artifact: 'model',
      state: 'verified',
      report: 'report',
      rows: 10,
      problem: null,
      at: 1,
    })
    expect(unneeded()).toEqual([])
    expect(deployments.verifications('churn')).toMatchObject([{ artifact: 'model', problem: null }])
    deployments.remove('churn')
    expect(unneeded()).toEqual(['model', 'report', 'table'])
  })
})

describe('the secret of a workspace', () => {
  it('is made once, for this user alone', async () => {
    const secret = join(await mkdtemp(join(tmpdir(), 'pipewright-secret-')), 'serving.secret')
    const made = workspaceSecret({ secret })
    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(workspaceSecret({ secret })).toBe(made)
    expect(statSync(secret).mode & 0o777).toBe(0o600)
    writeFileSync(secret, 'half')
    expect(workspaceSecret({ secret })).toBe((await readFile(secret, 'utf8')).trim())
  })
})
