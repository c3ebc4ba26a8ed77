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
  /** The artifact of the latest version again makes no new version; aliases are moved to the version all the same. */
  register(request: {
    model: string
    artifact: string
    aliases: readonly string[]
    description?: string
    runId: string | null
    metrics: Readonly<Record<string, number>>
    now: number
  }): { version: number; created: boolean }
  list(): RegisteredModel[]
  /** A `registry.unknown-model` error, with the nearest name, when there is none. */
  show(name: string): RegisteredModel
  /** The newest first. */
  versions(name: string): ModelVersion[]
  setAlias(change: { model: string; alias: string; version: number; now: number }): void
  removeAlias(change: { model: string; alias: string; now: number }): void
  /** The newest change first. */
  aliasHistory(name: string): AliasChange[]
  /** What `name` (its latest version), `name@alias` or `name:version` means. */
  resolve(reference: string): ModelVersion
}
