import { compareOnTest } from '../core/compare-on-test.ts'
import { nearestName } from '../core/nearest-name.ts'
import type { AliasOutcome, PromotionRule } from '../node-kit/run-context.ts'
import { isEnvironment } from './environment.ts'
import { registryError } from './errors.ts'
import { checkAlias, checkModelName, parseModelReference } from './model-reference.ts'
import type { Sql } from './sql.ts'

export interface ModelVersion {
  model: string
  version: number
  /** Hash of the model artifact. */
  artifact: string
  aliases: readonly string[]
  runId: string | null
  metrics: Readonly<Record<string, number>>
  description: string
  /** Epoch ms. */
  createdAt: number
}

export interface RegisteredModel {
  name: string
  createdAt: number
  latest: ModelVersion
  aliases: Readonly<Record<string, number>>
}

export interface AliasChange {
  alias: string
  /** Null before the alias was first set. */
  from: number | null
  /** Null when it was removed. */
  to: number | null
  at: number
}

export interface Models {
  /** An artifact that has a version makes no new one; aliases are moved to that version all the same. */
  register(request: {
    model: string
    artifact: string
    aliases: readonly string[]
    description?: string
    runId: string | null
    metrics: Readonly<Record<string, number>>
    /** Without it aliases are moved in any case. */
    unlessWorse?: PromotionRule
    now: number
  }): { version: number; created: boolean; aliases: readonly AliasOutcome[] }
  list(): RegisteredModel[]
  /** A `registry.unknown-model` error, with the nearest name, when there is none. */
  show(name: string): RegisteredModel
  /** The newest first. */
  versions(name: string): ModelVersion[]
  setAlias(change: { model: string; alias: string; version: number; now: number }): void
  /** A `registry.production-stays` error for the alias that only approvals move. */
  removeAlias(change: { model: string; alias: string; now: number }): void
  /** The newest change first. */
  aliasHistory(name: string): AliasChange[]
  /** What `name` (its latest version), `name@alias` or `name:version` means. */
  resolve(reference: string): ModelVersion
}

interface VersionRow {
  model: string
  version: number
  artifact: string
  aliases: string
  runId: string | null
  metrics: string
  description: string
  createdAt: number
}

const selectVersions = `select model, version, artifact, run_id as runId, metrics, description,
  created_at as createdAt, (select json_group_array(alias) from (select alias from model_aliases
    where model_aliases.model = model_versions.model and model_aliases.version = model_versions.version
    order by alias)) as aliases
  from model_versions`

export function createModels(sql: Sql): Models {
  const versions = (name: string): ModelVersion[] => {
    requireModel(sql, name)
    return sql
      .all<VersionRow>(`${selectVersions} where model = :name order by version desc`, { name })
      .map(versionOf)
  }
  const show = (name: string): RegisteredModel => {
    const [latest, ...others] = versions(name)
    const aliases = [latest!, ...others].flatMap((each) =>
      each.aliases.map((alias) => [alias, each.version] as const),
    )
    const { createdAt } = sql.get<{ createdAt: number }>(
      'select created_at as createdAt from models where name = :name',
      { name },
    )!
    return { name, createdAt, latest: latest!, aliases: Object.fromEntries(aliases) }
  }
  return {
    register: (request) => sql.transaction(() => register(sql, request)),
    list: () =>
      sql.all<{ name: string }>('select name from models order by name').map(({ name }) => show(name)),
    show,
    versions,
    setAlias: (change) =>
      sql.transaction(() => {
        requireVersion(sql, change.model, change.version)
        moveAlias(sql, change)
      }),
    removeAlias: (change) => sql.transaction(() => removeAlias(sql, change)),
    aliasHistory(name) {
      requireModel(sql, name)
      return sql.all<AliasChange>(
        `select alias, from_version as "from", to_version as "to", changed_at as at from alias_changes
         where model = :name order by number desc`,
        { name },
      )
    },
    resolve: (reference) => resolve(sql, reference),
  }
}

function register(sql: Sql, request: Parameters<Models['register']>[0]): ReturnType<Models['register']> {
  const { model, artifact, aliases, description = '', runId, metrics, unlessWorse, now } = request
  checkModelName(model)
  for (const alias of aliases) {
    checkAlias(alias)
    if (isEnvironment(alias)) throw registryError('needs-promotion', { model, environment: alias })
  }
  sql.run('insert or ignore into models (name, created_at) values (:model, :now)', { model, now })
  const same = sql.get<{ version: number }>(
    `select version from model_versions where model = :model and artifact = :artifact
     order by version desc limit 1`,
    { model, artifact },
  )
  const version = same?.version ?? (latestVersion(sql, model) ?? 0) + 1
  if (!same)
    sql.run(
      `insert into model_versions (model, version, artifact, run_id, metrics, description, created_at)
       values (:model, :version, :artifact, :runId, :metrics, :description, :now)`,
      { model, version, artifact, runId, metrics: JSON.stringify(metrics), description, now },
    )
  const outcomes = aliases.map((alias): AliasOutcome => {
    const from = aliasedVersion(sql, model, alias)
    const compared =
      unlessWorse && from !== null && from !== version
        ? compareOnTest(metrics, requireVersion(sql, model, from).metrics, unlessWorse.metric)
        : null
    const moved = !compared?.isWorse
    if (moved) moveAlias(sql, { model, alias, version, now })
    return { alias, from, moved, compared }
  })
  if (unlessWorse && outcomes.some(({ moved }) => !moved))
    moveAlias(sql, { model, alias: unlessWorse.otherwise, version, now })
  return { version, created: !same, aliases: outcomes }
}

function moveAlias(
  sql: Sql,
  { model, alias, version, now }: { model: string; alias: string; version: number; now: number },
): void {
  checkAlias(alias)
  const from = aliasedVersion(sql, model, alias)
  if (from === version) return
  sql.run(
    `insert into model_aliases (model, alias, version) values (:model, :alias, :version)
     on conflict (model, alias) do update set version = :version`,
    { model, alias, version },
  )
  recordChange(sql, { model, alias, from, to: version, now })
}

function removeAlias(sql: Sql, { model, alias, now }: { model: string; alias: string; now: number }): void {
  requireModel(sql, model)
  const from = aliasedVersion(sql, model, alias)
  if (from === null) throw unknownAlias(sql, model, alias)
  if (alias === 'production') throw registryError('production-stays', { model })
  sql.run('delete from model_aliases where model = :model and alias = :alias', { model, alias })
  recordChange(sql, { model, alias, from, to: null, now })
}

function recordChange(
  sql: Sql,
  change: { model: string; alias: string; from: number | null; to: number | null; now: number },
): void {
  sql.run(
    `insert into alias_changes (model, alias, from_version, to_version, changed_at)
     values (:model, :alias, :from, :to, :now)`,
    change,
  )
}

function resolve(sql: Sql, text: string): ModelVersion {
  const reference = parseModelReference(text)
  const { model } = reference
  requireModel(sql, model)
  if (reference.by === 'latest') return requireVersion(sql, model, latestVersion(sql, model)!)
  if (reference.by === 'version') return requireVersion(sql, model, reference.version)
  const version = aliasedVersion(sql, model, reference.alias)
  if (version === null) throw unknownAlias(sql, model, reference.alias)
  return requireVersion(sql, model, version)
}

function requireModel(sql: Sql, model: string): void {
  const names = sql.all<{ name: string }>('select name from models order by name').map(({ name }) => name)
  if (names.includes(model)) return
  const near = nearestName(model, names)
  const hint = near
    ? `Did you mean “${near}”?`
    : names.length > 0
      ? '`pipewright models list` shows those there are.'
      : 'Nothing is registered yet; a pipeline registers a model with the node “Register model”.'
  throw registryError('unknown-model', { model, hint })
}

function requireVersion(sql: Sql, model: string, version: number): ModelVersion {
  requireModel(sql, model)
  const row = sql.get<VersionRow>(`${selectVersions} where model = :model and version = :version`, {
    model,
    version,
  })
  if (!row) throw registryError('unknown-version', { model, version, latest: latestVersion(sql, model)! })
  return versionOf(row)
}

function unknownAlias(sql: Sql, model: string, alias: string): Error {
  const aliases = sql
    .all<{ alias: string }>('select alias from model_aliases where model = :model order by alias', { model })
    .map((row) => row.alias)
  const near = nearestName(alias, aliases)
  const hint = near
    ? `Did you mean “${near}”?`
    : aliases.length > 0
      ? `Its aliases are ${aliases.map((each) => `“${each}”`).join(', ')}.`
      : `It has none yet; “${model}” alone means its latest version.`
  return registryError('unknown-alias', { model, alias, hint })
}

function aliasedVersion(sql: Sql, model: string, alias: string): number | null {
  return (
    sql.get<{ version: number }>(
      'select version from model_aliases where model = :model and alias = :alias',
      { model, alias },
    )?.version ?? null
  )
}

/** Null where a name is just being made. */
function latestVersion(sql: Sql, model: string): number | null {
  return sql.get<{ version: number | null }>(
    'select max(version) as version from model_versions where model = :model',
    { model },
  )!.version
}

function versionOf(row: VersionRow): ModelVersion {
  return {
    ...row,
    aliases: JSON.parse(row.aliases) as string[],
    metrics: JSON.parse(row.metrics) as ModelVersion['metrics'],
  }
}
