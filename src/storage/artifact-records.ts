import type { ArtifactKind } from '../core/artifacts.ts'
import type { StoredArtifact } from './artifact-folders.ts'
import type { Sql } from './sql.ts'

/** An artifact as the database knows it; its data and files are in its folder. */
export interface ArtifactRecord {
  hash: string
  kind: ArtifactKind
  sizeBytes: number
  refs: readonly string[]
  manifestSha256: string
  /** Epoch ms. */
  createdAt: number
}

export interface ArtifactRecords {
  /** Part of `commitStep`: the artifacts that it refers to must be recorded. */
  put(artifact: StoredArtifact, options: { now: number }): void
  /**
   * What garbage collection may remove: artifacts that neither an output of the latest `keepRuns` runs of a
   * pipeline, of a run in flight or of a result by one of `keys`, nor a registered version, nor a pin, nor a deployment needs, and that
   * are not among `held`.
   */
  unneeded(options: { keepRuns: number; keys: Iterable<string>; held: Iterable<string> }): ArtifactRecord[]
  /** Removes records with the results that give them; refused while anything else needs one of them. */
  remove(hashes: readonly string[]): void
  get(hash: string): ArtifactRecord | null
  list(): ArtifactRecord[]
  /** Number and size of all artifacts. */
  size(): { count: number; sizeBytes: number }
}

interface ArtifactRow {
  hash: string
  kind: ArtifactKind
  sizeBytes: number
  refs: string
  manifestSha256: string
  createdAt: number
}

const selectArtifacts = `select hash, kind, size_bytes as sizeBytes, manifest_sha256 as manifestSha256,
  created_at as createdAt, (select json_group_array(ref) from artifact_refs where artifact = hash) as refs
  from artifacts`

const withNeeded = `with recursive recent (id) as (
    select id from (
      select id, status, row_number() over (partition by pipeline_id order by number desc) as age from runs
    ) where age <= :keepRuns or status = 'running'
  ),
  needed (hash) as (
    select output.value ->> 'hash' from steps, json_each(outputs) as output where run_id in (select id from recent)
    union select artifact from result_artifacts where key in (select value from json_each(:keys))
    union select value from json_each(:held)
    union select artifact from model_versions
    union select artifact from pins
    union select artifact from deployment_artifacts
    union select artifact from retraining_artifacts
    union select frozen_table from retraining_policies where frozen_table is not null
    union select model_artifact from deployment_verifications
    union select report from deployment_verifications where report is not null
    union select ref from artifact_refs join needed on artifact = needed.hash
  )`

export function createArtifactRecords(sql: Sql): ArtifactRecords {
  return {
    get(hash) {
      const row = sql.get<ArtifactRow>(`${selectArtifacts} where hash = :hash`, { hash })
      return row ? recordOf(row) : null
    },
    list: () => sql.all<ArtifactRow>(`${selectArtifacts} order by created_at, hash`).map(recordOf),
    size: () =>
      sql.get('select count(*) as count, coalesce(sum(size_bytes), 0) as sizeBytes from artifacts')!,
    put: (artifact, { now }) => sql.transaction(() => putArtifact(sql, artifact, now)),
    unneeded: ({ keepRuns, keys, held }) =>
      sql
        .all<ArtifactRow>(`${withNeeded} ${selectArtifacts} where hash not in (select hash from needed)`, {
          keepRuns,
          keys: JSON.stringify([...keys]),
          held: JSON.stringify([...held]),
        })
        .map(recordOf),
    remove: (hashes) =>
      sql.transaction(() => {
        for (const hash of hashes)
          sql.run(
            'delete from results where key in (select key from result_artifacts where artifact = :hash)',
            { hash },
          )
        for (const hash of hashes) sql.run('delete from artifact_refs where artifact = :hash', { hash })
        for (const hash of hashes) sql.run('delete from artifacts where hash = :hash', { hash })
      }),
  }
}

function putArtifact(sql: Sql, { manifest, manifestSha256 }: StoredArtifact, now: number): void {
  const { hash, kind, refs } = manifest
  const sizeBytes = Object.values(manifest.files).reduce((sum, file) => sum + file.sizeBytes, 0)
  sql.run(
    `insert into artifacts (hash, kind, size_bytes, manifest_sha256, created_at)
     values (:hash, :kind, :sizeBytes, :manifestSha256, :now)
     on conflict (hash) do update set manifest_sha256 = :manifestSha256, size_bytes = :sizeBytes`,
    { hash, kind, sizeBytes, manifestSha256, now },
  )
  for (const ref of refs)
    sql.run('insert or ignore into artifact_refs (artifact, ref) values (:hash, :ref)', { hash, ref })
}

const recordOf = (row: ArtifactRow): ArtifactRecord => ({ ...row, refs: JSON.parse(row.refs) as string[] })
