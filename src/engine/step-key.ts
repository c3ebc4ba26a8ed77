import { canonicalJson } from '../core/canonical-json.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { LogMark } from '../storage/log-state.ts'
import type { LibraryVersions } from './library-versions.ts'

/** Counts up when the meaning of keys, or of what steps are given, changes: every step then runs again. */
export const engineFormat = 1

/**
 * Everything that a step's outcome depends on. A secret is part of it by its name alone: parameters hold references
 * (`secret:warehouse`), never the secret. Neither time nor machine is.
 */
export interface StepIngredients {
  engine: number
  /** Recipes, start columns and reports name the node they come from. */
  node: string
  type: string
  version: number
  /** Fingerprint of the runner's code. */
  code: string
  /** Parsed: defaults filled in, the pipeline's parameters put in. */
  params: unknown
  seed: number
  /** Artifacts at each connected input. `many` ports are told who feeds them, so there the feeding node counts. */
  inputs: Readonly<Record<string, readonly { hash: string; node?: string }[]>>
  /** SHA-256 of the content of each file a source reads, by the path as the parameters have it. */
  files: Readonly<Record<string, string>>
  /** Of each deployment whose log a source reads: hash of how far it is written. */
  logs?: Readonly<Record<string, string>>
  libraries: LibraryVersions
  /** Sinks that write files: the folder of the pipeline file, where relative paths start. */
  folder?: string
}

/** The key under which a step's result is stored: equal keys, equal outcome. */
export function stepKey(ingredients: StepIngredients): string {
  return sha256OfText(canonicalJson(ingredients))
}

/** What is stored with a step: its ingredients, which nodes fed each input, to word reasons with, and how to read logs again. */
export interface StoredIngredients extends StepIngredients {
  feeds: Readonly<Record<string, readonly string[]>>
  logMarks?: Readonly<Record<string, LogMark>>
}
