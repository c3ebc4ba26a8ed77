import type { DeploymentSpec } from '../core/deployment.ts'
import type { ErrorReport } from '../core/errors.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { describeSpecChange } from '../core/describe-spec-change.ts'
import { nearestName } from '../core/nearest-name.ts'
import { registryError } from './errors.ts'
import type { Sql } from './sql.ts'

/** A deployment as it is wished for. Times are epoch ms. */
export interface DeploymentRecord {
  /** Part of the ids of its predictions; never given to another. */
  number: number
  name: string
  spec: DeploymentSpec
  isOn: boolean
  /** Where it listened last, and shall again. */
  port: number | null
  grpcPort: number | null
  /** Counts up with every change of the spec. */
  revision: number
  /** Artifacts of canaries that were taken out of the traffic since the spec was changed. */
  rolledBack: readonly string[]
  madeBy: { pipelineId: string; node: string } | null
  createdAt: number
  changedAt: number
}

export const deploymentChangeKinds = [
  'created',
  'changed',
  'switched-on',
  'switched-off',
  'version-changed',
  'rolled-back',
  'failed',
] as const

export interface DeploymentChangeRecord {
  at: number
  what: (typeof deploymentChangeKinds)[number]
  /** In words. */
  note: string
  revision: number
}

export interface VerificationRecord {
  /** Of the model. */
  artifact: string
  state: 'verified' | 'waiting' | 'failed'
  report: string | null
  rows: number
  problem: ErrorReport | null
  at: number
}

export interface Deployments {
  /** Makes it, or changes what is wished for; an equal spec changes nothing. */
  apply(request: { spec: DeploymentSpec; madeBy: DeploymentRecord['madeBy']; now: number }): {
    deployment: DeploymentRecord
    changed: boolean
  }
  /** Makes what is wished for what it was; this counts as a change. */
  restore(request: { before: DeploymentRecord; note: string; now: number }): void
  list(): DeploymentRecord[]
  /** A `registry.unknown-deployment` error, with the nearest name, when there is none. */
  get(name: string): DeploymentRecord
  find(name: string): DeploymentRecord | null
  switch(request: { name: string; isOn: boolean; now: number }): DeploymentRecord
  keepPorts(request: { name: string; port: number; grpcPort: number | null }): void
  rollBack(request: { name: string; artifact: string; note: string; now: number }): void
  remove(name: string): void
  note(request: { name: string; what: DeploymentChangeRecord['what']; note: string; now: number }): void
  /** The newest first. */
  history(name: string): DeploymentChangeRecord[]
  keepVerification(name: string, verification: VerificationRecord): void
  verifications(name: string): VerificationRecord[]
  /** Makes these the artifacts that garbage collection keeps for it. */
  keepArtifacts(name: string, artifacts: readonly string[]): void
}

interface DeploymentRow {
  number: number
  name: string
  spec: string
  isOn: 0 | 1
  port: number | null
  grpcPort: number | null
  revision: number
  rolledBack: string
  pipelineId: string | null
  nodeId: string | null
  createdAt: number
  changedAt: number
}

const select = `select number, name, spec, is_on as isOn, port, grpc_port as grpcPort, revision,
  rolled_back as rolledBack, pipeline_id as pipelineId, node_id as nodeId, created_at as createdAt,
  changed_at as changedAt from deployments`

const mostChanges = 200

export function createDeployments(sql: Sql): Deployments {
  const find = (name: string): DeploymentRecord | null => {
    const row = sql.get<DeploymentRow>(`${select} where name = :name`, { name })
    return row ? recordOf(row) : null
  }
  const list = (): DeploymentRecord[] => sql.all<DeploymentRow>(`${select} order by name`).map(recordOf)
  const get = (name: string): DeploymentRecord => {
    const found = find(name)
    if (found) return found
    const names = list().map((each) => each.name)
    const near = nearestName(name, names)
    const makeOne = 'There is no deployment yet; `pipewright serve MODEL` makes one of a registered model.'
    const otherwise = names.length === 0 ? makeOne : 'See `pipewright deployments list`.'
    const hint = near ? `Did you mean “${near}”?` : otherwise
    throw registryError('unknown-deployment', { name, hint })
  }
  const note: Deployments['note'] = ({ name, what, note: text, now }) => {
    const { number, revision } = get(name)
    sql.run(
      `insert into deployment_changes (deployment, revision, what, note, changed_at)
       values (:number, :revision, :what, :text, :now)`,
      { number, revision, what, text, now },
    )
  }
  return {
    find,
    list,
    get,
    note,
    apply: (request) => sql.transaction(() => apply(sql, request, { find, note })),
    restore: ({ before, note: text, now }) =>
      sql.transaction(() => {
        const { name, spec, port, grpcPort, rolledBack, madeBy } = before
        sql.run(
          `update deployments set spec = :spec, revision = revision + 1, rolled_back = :rolledBack, port = :port,
             grpc_port = :grpcPort, pipeline_id = :pipelineId, node_id = :node, changed_at = :now where name = :name`,
          {
            name,
            spec: canonicalJson(spec),
            rolledBack: JSON.stringify(rolledBack),
            port,
            grpcPort,
            pipelineId: madeBy?.pipelineId ?? null,
            node: madeBy?.node ?? null,
            now,
          },
        )
        note({ name, what: 'changed', note: text, now })
      }),
    switch: ({ name, isOn, now }) =>
      sql.transaction(() => {
        const before = get(name)
        if (before.isOn !== isOn) {
          sql.run('update deployments set is_on = :on, changed_at = :now where name = :name', {
            name,
            on: isOn ? 1 : 0,
            now,
          })
          note({ name, what: isOn ? 'switched-on' : 'switched-off', note: '', now })
        }
        return get(name)
      }),
    keepPorts: ({ name, port, grpcPort }) =>
      void sql.run('update deployments set port = :port, grpc_port = :grpcPort where name = :name', {
        name,
        port,
        grpcPort,
      }),
    rollBack: ({ name, artifact, note: text, now }) =>
      sql.transaction(() => {
        const rolledBack = JSON.stringify([...new Set([...get(name).rolledBack, artifact])])
        sql.run('update deployments set rolled_back = :rolledBack where name = :name', { name, rolledBack })
        note({ name, what: 'rolled-back', note: text, now })
      }),
    remove(name) {
      get(name)
      sql.run('delete from monitors where deployment = :name', { name })
      sql.run('delete from deployments where name = :name', { name })
    },
    history: (name) =>
      sql.all<DeploymentChangeRecord>(
        `select changed_at as at, what, note, revision from deployment_changes where deployment = :number
         order by number desc limit ${mostChanges}`,
        { number: get(name).number },
      ),
    keepVerification(name, { artifact, state, report, rows, problem, at }) {
      sql.run(
        `insert into deployment_verifications
           (deployment, model_artifact, state, report, rows, problem, verified_at)
         values (:number, :artifact, :state, :report, :rows, :problem, :at)
         on conflict (deployment, model_artifact) do update
           set state = :state, report = :report, rows = :rows, problem = :problem, verified_at = :at`,
        {
          number: get(name).number,
          artifact,
          state,
          report,
          rows,
          problem: problem && JSON.stringify(problem),
          at,
        },
      )
    },
    verifications: (name) =>
      sql
        .all<Omit<VerificationRecord, 'problem'> & { problem: string | null }>(
          `select model_artifact as artifact, state, report, rows, problem, verified_at as at
           from deployment_verifications where deployment = :number order by verified_at desc`,
          { number: get(name).number },
        )
        .map(({ problem, ...row }) =>
          Object.assign(row, { problem: problem === null ? null : (JSON.parse(problem) as ErrorReport) }),
        ),
    keepArtifacts: (name, artifacts) =>
      sql.transaction(() => {
        const { number } = get(name)
        sql.run('delete from deployment_artifacts where deployment = :number', { number })
        for (const artifact of new Set(artifacts))
          sql.run(
            `insert into deployment_artifacts (deployment, artifact)
             select :number, hash from artifacts where hash = :artifact`,
            { number, artifact },
          )
      }),
  }
}

function apply(
  sql: Sql,
  { spec, madeBy, now }: Parameters<Deployments['apply']>[0],
  { find, note }: Pick<Deployments, 'find' | 'note'>,
): { deployment: DeploymentRecord; changed: boolean } {
  const { name } = spec
  const before = find(name)
  const text = canonicalJson(spec)
  if (before && canonicalJson(before.spec) === text) return { deployment: before, changed: false }
  if (before) {
    // A port that is another wish than before is no more to be kept.
    const port = spec.port ?? (before.spec.port === null ? before.port : null)
    sql.run(
      `update deployments set spec = :text, revision = revision + 1, rolled_back = '[]', port = :port,
         pipeline_id = coalesce(:pipelineId, pipeline_id), node_id = coalesce(:node, node_id), changed_at = :now
       where name = :name`,
      { name, text, port, pipelineId: madeBy?.pipelineId ?? null, node: madeBy?.node ?? null, now },
    )
    note({ name, what: 'changed', note: describeSpecChange(before.spec, spec), now })
  } else {
    sql.run(
      `insert into deployments (name, spec, is_on, port, revision, rolled_back, pipeline_id, node_id, created_at,
         changed_at)
       values (:name, :text, 0, :port, 1, '[]', :pipelineId, :node, :now, :now)`,
      {
        name,
        text,
        port: spec.port,
        pipelineId: madeBy?.pipelineId ?? null,
        node: madeBy?.node ?? null,
        now,
      },
    )
    note({ name, what: 'created', note: '', now })
  }
  return { deployment: find(name)!, changed: true }
}

function recordOf({ pipelineId, nodeId, isOn, ...row }: DeploymentRow): DeploymentRecord {
  return {
    ...row,
    spec: JSON.parse(row.spec) as DeploymentSpec,
    isOn: isOn === 1,
    rolledBack: JSON.parse(row.rolledBack) as string[],
    madeBy: pipelineId !== null && nodeId !== null ? { pipelineId, node: nodeId } : null,
  }
}
